import type { DeclineReason } from '@commonhall/shared/matters'
import {
  extendPromise,
  keepPromise,
  makePromise,
  type PromiseRecord,
  type PromiseRefusalCode,
  type PromiseTerms,
  type WorkingCalendar,
} from '@commonhall/shared/time'

/** An organization's answer to one referral. Everybody may read it: it is what the organization tells the author. */
export interface Engagement {
  readonly id: string
  /** The organization that answers. */
  readonly ownerPartyId: string
  readonly referralId: string
  readonly suggestionId: string
  readonly communityId: string
  readonly triageId: string
  readonly verdict: 'ACCEPTED' | 'DECLINED'
  readonly reason: DeclineReason | null
  readonly note: string | null
  readonly at: Date
  readonly promise: PromiseRecord | null
  readonly delivery: string | null
  readonly deliveredAt: Date | null
  /** When the author withdrew, or the entry was merged, before a delivery: from then on nothing is owed. */
  readonly lapsedAt: Date | null
  readonly lapsedWhy: 'WITHDRAWN' | 'MERGED' | null
  /** When the passing of time has something to tell next; null: never. */
  readonly nextLookAt: Date | null
}

/** An acceptance: there is a promise. */
export type Acceptance = Engagement & { readonly verdict: 'ACCEPTED'; readonly promise: PromiseRecord }

/** What an engagement takes from its referral. */
export type Asked = Pick<Engagement, 'id' | 'ownerPartyId' | 'referralId' | 'suggestionId' | 'communityId' | 'triageId' | 'at'>

type Outcome = { readonly ok: true; readonly engagement: Acceptance } | { readonly ok: false; readonly code: PromiseRefusalCode }

/** No organization promises further ahead, in calendar days: the agreement on referrals. */
export const LONGEST_PROMISE_DAYS = 60

const blank = {
  reason: null,
  note: null,
  promise: null,
  delivery: null,
  deliveredAt: null,
  lapsedAt: null,
  lapsedWhy: null,
  nextLookAt: null,
} as const

/** The first instant at which a running promise is "due soon": less than a fifth of its time is left (`promiseState`). */
const dueSoonFrom = ({ madeAt, dueAt }: PromiseRecord): Date =>
  new Date(Math.floor(dueAt.getTime() - (dueAt.getTime() - madeAt.getTime()) / 5) + 1)

/** An acceptance with its promise. Refuses what `makePromise` does, and PROMISE_TOO_LONG beyond 60 calendar days. */
export const accept = (asked: Asked, terms: Omit<PromiseTerms, 'limit'>, calendar: WorkingCalendar): Outcome => {
  const made = makePromise(asked.at, { ...terms, limit: { days: LONGEST_PROMISE_DAYS, clock: 'CALENDAR' } }, calendar)
  if (!made.ok) return made
  const { promise } = made
  return { ok: true, engagement: { ...blank, ...asked, verdict: 'ACCEPTED', promise, nextLookAt: dueSoonFrom(promise) } }
}

/** A reasoned no. */
export const decline = (asked: Asked, reason: DeclineReason, note: string): Engagement => ({
  ...blank,
  ...asked,
  verdict: 'DECLINED',
  reason,
  note,
})

/** The engagement with one more extension, and the clock's attention on the new limit. Refuses what `extendPromise` does. */
export const extend = (
  engagement: Acceptance,
  extension: { readonly days: number; readonly why: string; readonly at: Date; readonly maxExtensions: number },
  calendar: WorkingCalendar,
): Outcome => {
  const extended = extendPromise(engagement.promise, extension, calendar)
  if (!extended.ok) return extended
  return { ok: true, engagement: { ...engagement, promise: extended.promise, nextLookAt: dueSoonFrom(extended.promise) } }
}

/** The engagement once the help was given: the promise is kept, in time or late. */
export const deliver = (engagement: Acceptance, delivery: string, at: Date): Outcome => {
  const kept = keepPromise(engagement.promise, at)
  if (!kept.ok) return kept
  return { ok: true, engagement: { ...engagement, promise: kept.promise, delivery, deliveredAt: at, nextLookAt: null } }
}

/** Whether the organization still owes its delivery to somebody. */
export const isOwed = (engagement: Engagement): boolean =>
  engagement.promise !== null && engagement.deliveredAt === null && engagement.lapsedAt === null

/**
 * What the passing of time has to tell of a promise now, and when to look again; the limit in force is told due and broken once each.
 *
 * A promise that went from open to broken while nobody looked is told broken only: "due" would come too late to help anybody.
 */
export const tellOf = (promise: PromiseRecord, now: Date): { readonly tell: 'due' | 'broken' | null; readonly nextLookAt: Date | null } => {
  if (now > promise.dueAt) return { tell: 'broken', nextLookAt: null }
  const dueSoonAt = dueSoonFrom(promise)
  // One millisecond past the limit: the limit's own instant is still in time.
  return now >= dueSoonAt ? { tell: 'due', nextLookAt: new Date(promise.dueAt.getTime() + 1) } : { tell: null, nextLookAt: dueSoonAt }
}

/**
 * The engagements whose organizations are asked again when a suggestion is reopened: one per organization, its latest. Pure.
 *
 * Whoever delivered; where none has accepted, whoever explained a no to the triage in force (NOT_MY_FUNCTION is no explanation).
 */
export const engagementsToAskAgain = (engagements: readonly Engagement[], triageInForce: string | null): Engagement[] => {
  const accepted = engagements.filter(({ verdict }) => verdict === 'ACCEPTED')
  const asked =
    accepted.length > 0
      ? accepted.filter(({ deliveredAt }) => deliveredAt !== null)
      : engagements.filter(({ triageId, reason }) => triageId === triageInForce && reason !== 'NOT_MY_FUNCTION')
  return [...new Map(asked.map((engagement) => [engagement.ownerPartyId, engagement])).values()]
}
