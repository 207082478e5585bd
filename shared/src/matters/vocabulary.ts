/** The schema's words for a suggestion, in schema order; the GraphQL enums are made from these arrays. */
export const SUGGESTION_KINDS = ['SUGGESTION', 'COMPLAINT', 'HELP_REQUEST', 'PETITION_LETTER', 'PRAISE'] as const
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number]

export const SUGGESTION_STAGES = [
  'SUBMITTED',
  'TRIAGED',
  'REFERRED_BACK',
  'IN_CONFERENCE',
  'PROMISED',
  'IN_PROGRESS',
  'WAITING_FOR_RESIDENT',
  'EXPLAINED',
  'RESOLVED',
  'SATISFIED',
  'REOPENED',
  'MERGED',
  'WITHDRAWN',
] as const
export type SuggestionStage = (typeof SUGGESTION_STAGES)[number]

/** Where a committee sends a suggestion. */
export const ROUTE_KINDS = ['SELF', 'GOVERNMENT', 'NONPROFIT', 'MEDIATION', 'JOINT_CONFERENCE', 'DUPLICATE', 'ANSWERED'] as const
export type RouteKind = (typeof ROUTE_KINDS)[number]

/** How something reached the hub. */
export const CHANNELS = ['APP', 'WEB', 'HOTLINE', 'STATION', 'VISIT', 'PAPER', 'FACE_TO_FACE', 'PARTNER'] as const
export type Channel = (typeof CHANNELS)[number]

/** Why an asked party says no. */
export const DECLINE_REASONS = [
  'NOT_MY_FUNCTION',
  'DUPLICATE',
  'OUT_OF_SCOPE',
  'NO_CAPACITY',
  'NO_CONSENT',
  'NO_FUNDING',
  'UNLAWFUL',
  'NOT_ELIGIBLE',
  'OTHER',
] as const
export type DeclineReason = (typeof DECLINE_REASONS)[number]

/** What an asked party answers. */
export const VERDICTS = ['ACCEPTED', 'DECLINED', 'COUNTERED'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Groups of whole days since submission, for "open by stage and age": 0–2, 3–7, 8–30, 31–90, over 90. */
export const AGE_BUCKETS = ['D0_2', 'D3_7', 'D8_30', 'D31_90', 'OVER_90'] as const
export type AgeBucket = (typeof AGE_BUCKETS)[number]
