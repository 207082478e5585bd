import type { DeclineReason } from '@commonhall/shared/matters'
import { promiseState, type PromiseRecord } from '@commonhall/shared/time'

/** Why a promise is owed no longer: its matter ended. */
export type LapsedWhy = 'WITHDRAWN' | 'MERGED'

/** An exact amount. */
export interface Money {
  readonly amount: string
  readonly currency: string
}

/** A department's answer to one suggestion. Declined ones have a reason, accepted ones a promise; nothing of it is taken back. */
export interface CaseHandling {
  readonly id: string
  readonly ownerPartyId: string
  readonly suggestionId: string
  readonly communityId: string
  readonly inboxItemId: string
  readonly triageId: string
  readonly verdict: 'ACCEPTED' | 'DECLINED'
  readonly reason: DeclineReason | null
  readonly explanation: string | null
  readonly suggestedOwnerId: string | null
  readonly promise: PromiseRecord | null
  readonly resolution: string | null
  readonly resolvedAt: Date | null
  readonly cost: Money | null
  readonly at: Date
  /** When the author withdrew, or the entry was merged, before it was resolved: from then on nothing is owed. */
  readonly lapsedAt: Date | null
  readonly lapsedWhy: LapsedWhy | null
  /** Limits in force of which the watcher has told that they come near, or were broken. */
  readonly dueToldFor: Date | null
  readonly brokenToldFor: Date | null
}

/** An acceptance with its promise. */
export type AcceptedCase = CaseHandling & { readonly promise: PromiseRecord }

/** Whether a handling runs: accepted, not resolved, and its matter has not ended. */
export const isRunning = (handling: CaseHandling): handling is AcceptedCase =>
  handling.promise !== null && handling.resolvedAt === null && handling.lapsedAt === null

/** A handling as it is first written, without what comes later. */
export const newHandling = (
  facts: Omit<CaseHandling, 'resolution' | 'resolvedAt' | 'cost' | 'lapsedAt' | 'lapsedWhy' | 'dueToldFor' | 'brokenToldFor'>,
): CaseHandling => ({
  ...facts,
  resolution: null,
  resolvedAt: null,
  cost: null,
  lapsedAt: null,
  lapsedWhy: null,
  dueToldFor: null,
  brokenToldFor: null,
})

const isSame = (one: Date | null, other: Date): boolean => one?.getTime() === other.getTime()

/** The instant after which a promise has less than a fifth of its time left; pauses do not count, as in `promiseState`. */
const dueSoonMs = ({ dueAt, madeAt, pauses }: PromiseRecord): number => {
  const pausedMs = pauses.reduce((sum, { from, to, until }) => sum + (to ?? until).getTime() - from.getTime(), 0)
  return Math.floor(dueAt.getTime() - (dueAt.getTime() - madeAt.getTime() - pausedMs) / 5)
}

/**
 * The next instant after which the watcher has something to tell of a handling; null when there is nothing left. Pure.
 *
 * A new limit in force (extension, pause, answer) is no limit told of before, so it is watched anew.
 */
export const watchAt = (handling: CaseHandling): Date | null => {
  if (!isRunning(handling)) return null
  const { promise, dueToldFor, brokenToldFor } = handling
  if (isSame(brokenToldFor, promise.dueAt)) return null
  if (isSame(dueToldFor, promise.dueAt)) return promise.dueAt
  const last = promise.pauses.at(-1)
  const pausedUntilMs = last !== undefined && last.to === null ? last.until.getTime() : 0
  return new Date(Math.max(dueSoonMs(promise), pausedUntilMs))
}

/** What the clock has to tell of a handling now, with the mark that keeps it from being told twice; null for nothing. Pure. */
export const tellOf = (handling: CaseHandling, now: Date): { readonly what: 'due' | 'broken'; readonly marked: CaseHandling } | null => {
  if (!isRunning(handling)) return null
  const { dueAt } = handling.promise
  const state = promiseState(handling.promise, now)
  if (state === 'BROKEN' && !isSame(handling.brokenToldFor, dueAt)) return { what: 'broken', marked: { ...handling, brokenToldFor: dueAt } }
  if (state === 'DUE_SOON' && !isSame(handling.dueToldFor, dueAt)) return { what: 'due', marked: { ...handling, dueToldFor: dueAt } }
  return null
}

/**
 * The answers whose departments are asked again when a suggestion is reopened: one per department, its latest. Pure.
 *
 * Whoever resolved it; where nobody has accepted it, whoever explained a no to the triage in force (NOT_MY_FUNCTION is no explanation).
 */
export const answersToAskAgain = (handlings: readonly CaseHandling[], triageInForce: string | null): CaseHandling[] => {
  const accepted = handlings.filter(({ verdict }) => verdict === 'ACCEPTED')
  const asked =
    accepted.length > 0
      ? accepted.filter(({ resolvedAt }) => resolvedAt !== null)
      : handlings.filter(({ triageId, reason }) => triageId === triageInForce && reason !== 'NOT_MY_FUNCTION')
  return [...new Map(asked.map((handling) => [handling.ownerPartyId, handling])).values()]
}
