/** A resident's suggestion as its events have told of it: keys and public facts, never the text or a person. */
export interface Matter {
  readonly id: string
  /** Null while only later facts of it are known. */
  readonly communityId: string | null
  readonly number: string | null
  readonly cellId: string | null
  readonly kind: string | null
  readonly channel: string | null
  readonly proposedItem: string | null
  readonly createdAt: Date | null
  readonly withdrawnAt: Date | null
  readonly mergedInto: string | null
  readonly reopenedAt: Date | null
  /** Since when it waits on the committee's desk; null when it does not. */
  readonly onDeskSince: Date | null
}

/** A matter whose submission is known, so that a committee can act on it. */
export type KnownMatter = Matter & {
  readonly communityId: string
  readonly kind: string
  readonly channel: string
  readonly createdAt: Date
}

/** Whether the submission itself is known, and not only a later fact. */
export const isKnown = (matter: Matter | null): matter is KnownMatter => matter !== null && matter.communityId !== null

/** Whether nothing may be done about it any more. */
export const isClosed = (matter: Matter): boolean => matter.withdrawnAt !== null || matter.mergedInto !== null

/** Another party's answer to a triage. */
export interface Answer {
  readonly handlingId: string
  readonly suggestionId: string
  readonly partyId: string
  readonly verdict: 'ACCEPTED' | 'DECLINED'
  readonly reason: string | null
  readonly at: Date
  readonly resolvedAt: Date | null
}

/** How often it came back as "not my function". */
export const bouncesOf = (answers: readonly Answer[]): number =>
  answers.filter(({ verdict, reason }) => verdict === 'DECLINED' && reason === 'NOT_MY_FUNCTION').length

/** Whether another party has accepted it and is not done. */
export const hasOpenAnswer = (answers: readonly Answer[]): boolean =>
  answers.some(({ verdict, resolvedAt }) => verdict === 'ACCEPTED' && resolvedAt === null)
