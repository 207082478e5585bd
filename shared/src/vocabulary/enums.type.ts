import { registerEnumType } from 'type-graphql'

import { REFUSAL_CODES, ERROR_CODES } from '../errors/index.js'

/** An enum object whose values are its own names, as type-graphql wants it. */
const enumOf = <const T extends readonly string[]>(values: T): { readonly [K in T[number]]: K } =>
  Object.fromEntries(values.map((value) => [value, value])) as { readonly [K in T[number]]: K }

const describe = (descriptions: Record<string, string>): Record<string, { description: string }> =>
  Object.fromEntries(Object.entries(descriptions).map(([value, description]) => [value, { description }]))

const register = (name: string, enumObject: object, description: string, values: Record<string, string> = {}): void => {
  registerEnumType(enumObject, { name, description, valuesConfig: describe(values) })
}

export const PartyKindEnum = enumOf(['GOVERNMENT', 'COMMITTEE', 'NONPROFIT', 'RESIDENT'])
register('PartyKind', PartyKindEnum, 'The four kinds of parties. Each kind owns one subgraph.', {
  GOVERNMENT: 'Departments of the street or district.',
  COMMITTEE: "Residents' committees.",
  NONPROFIT: 'Registered or filed organizations, volunteer teams, mediation bodies.',
  RESIDENT: 'Natural persons living in a community.',
})

export const Verdict = enumOf(['ACCEPTED', 'DECLINED', 'COUNTERED'])
register('Verdict', Verdict, "The answer of the asked party. The asker's row never changes.", {
  COUNTERED: 'Yes, under conditions that the asker may take or leave.',
})

export const DeclineReason = enumOf([
  'NOT_MY_FUNCTION',
  'DUPLICATE',
  'OUT_OF_SCOPE',
  'NO_CAPACITY',
  'NO_CONSENT',
  'NO_FUNDING',
  'UNLAWFUL',
  'NOT_ELIGIBLE',
  'OTHER',
])
register('DeclineReason', DeclineReason, 'Why an asked party says no. Always with a note that the asker can read.', {
  NOT_MY_FUNCTION: 'The function list says otherwise; the right owner must be suggested.',
  NO_FUNDING: 'The fee does not follow the task.',
})

export const RefusalCodeEnum = enumOf(REFUSAL_CODES)
register(
  'RefusalCode',
  RefusalCodeEnum,
  'Why the hub wrote nothing. Stable: front-ends translate by code.',
  Object.fromEntries(REFUSAL_CODES.map((code) => [code, ERROR_CODES[code].en])),
)

export const ClockBasis = enumOf(['CALENDAR', 'WORKING'])
register('ClockBasis', ClockBasis, 'How days are counted.', {
  CALENDAR: 'Every day. A limit that ends on a day off rolls to the next working day.',
  WORKING: 'Days of the working calendar of the community only.',
})

export const PromiseState = enumOf(['OPEN', 'PAUSED', 'DUE_SOON', 'BROKEN', 'KEPT', 'KEPT_EXTENDED', 'KEPT_LATE'])
register('PromiseState', PromiseState, 'Computed from the clock at read time; never stored.', {
  PAUSED: 'Waiting for an answer of the requester.',
  DUE_SOON: 'Less than a fifth of the time is left.',
  BROKEN: 'Past the current limit and not kept.',
  KEPT: 'Kept inside the first limit.',
  KEPT_EXTENDED: 'Kept inside an extended limit.',
})

export const DataClass = enumOf(['IDENTITY', 'CONTACT', 'LOCATION', 'AGE', 'FAMILY', 'HEALTH', 'ECONOMIC', 'OPINION'])
register('DataClass', DataClass, 'Classes of personal data. Nothing outside these classes is held.', {
  IDENTITY: 'Name, pictures, identifiers.',
  LOCATION: 'Anything finer than a cell.',
  ECONOMIC: 'Income, benefits, debts.',
  OPINION: 'Suggestions, statements, ratings tied to a person.',
})

export const Purpose = enumOf([
  'CASE_HANDLING',
  'CARE',
  'SERVICE_DELIVERY',
  'ENTITLEMENT',
  'MEDIATION',
  'VOLUNTEERING',
  'DELIBERATION',
  'BOOKING',
  'OVERSIGHT',
  'SUBJECT',
])
register('Purpose', Purpose, 'Why a party reads personal data. Declared per request and written to the data-use log.', {
  OVERSIGHT: 'Audit of the reader itself.',
  SUBJECT: "The person, or the person's delegate, reads the own record.",
})

export const AgeBand = enumOf(['UNDER_18', 'A18_29', 'A30_44', 'A45_59', 'A60_74', 'A75_PLUS', 'UNKNOWN'])
register('AgeBand', AgeBand, 'Age at the time of the act, never recomputed.')

export const Channel = enumOf(['APP', 'WEB', 'HOTLINE', 'STATION', 'VISIT', 'PAPER', 'FACE_TO_FACE', 'PARTNER'])
register('Channel', Channel, 'How something reached the hub.', {
  STATION: 'Convenience service station.',
  FACE_TO_FACE: 'Leaders on the spot.',
  PARTNER: 'Front-end of a partner organization or Open311 client.',
})
