import type { RouteKind } from '@commonhall/shared/matters'
import { addDays, type ClockBasis, type WorkingCalendar } from '@commonhall/shared/time'

/** A party to which a matter is routed. */
export interface Addressee {
  readonly kind: 'GOVERNMENT' | 'NONPROFIT'
  readonly id: string
}

/** The committee's routing of one suggestion. A later one supersedes it; both stay. */
export interface Triage {
  readonly id: string
  readonly ownerPartyId: string
  readonly suggestionId: string
  readonly communityId: string
  readonly channel: string
  readonly route: RouteKind
  readonly to: readonly Addressee[]
  readonly functionItem: string | null
  readonly duplicateOf: string | null
  readonly note: string | null
  /** 1 for the first triage of a suggestion; the highest is in force. */
  readonly round: number
  readonly supersedes: string | null
  readonly at: Date
  readonly answerBy: Date
  /** Working minutes from submission; only of the first triage. */
  readonly minutesToTriage: number | null
}

/** Routes on which somebody owes an answer until `answerBy`. */
const AWAITS_ANSWER: ReadonlySet<RouteKind> = new Set(['SELF', 'GOVERNMENT', 'NONPROFIT', 'MEDIATION', 'JOINT_CONFERENCE'])

/** Routes that name the parties addressed; the others address nobody. */
export const ADDRESSES: Readonly<Record<RouteKind, readonly Addressee['kind'][]>> = {
  SELF: [],
  GOVERNMENT: ['GOVERNMENT'],
  NONPROFIT: ['NONPROFIT'],
  MEDIATION: ['NONPROFIT'],
  JOINT_CONFERENCE: ['GOVERNMENT', 'NONPROFIT'],
  DUPLICATE: [],
  ANSWERED: [],
}

const DEFAULT_ANSWER_DAYS = 5

/** Until when the addressed party answers: by the function item, else five working days. */
export const answerLimit = (
  at: Date,
  item: { readonly respondWithinDays: number; readonly clock: ClockBasis } | null,
  calendar: WorkingCalendar,
): Date => addDays(at, item?.respondWithinDays ?? DEFAULT_ANSWER_DAYS, item?.clock ?? 'WORKING', calendar)

/** What is known of a matter when a new triage is asked for. */
export interface RoutingState {
  readonly isClosed: boolean
  readonly isOnDesk: boolean
  readonly hasOpenHandling: boolean
  /** An addressed party said no to the triage in force. */
  readonly wasDeclined: boolean
  readonly wasAnswered: boolean
  /** Routed as a duplicate of an entry that was withdrawn or merged since, so no merge will come. */
  readonly isStranded: boolean
  readonly latest: Triage | null
  /** Until when an answer is owed now: to the triage in force, or anew since a reopening. */
  readonly answerBy: Date | null
}

/**
 * Whether a matter may be routed now: first arrival or back on the desk, after a decline, or when the answer limit passed in silence.
 *
 * A conference binds nobody and nobody answers it: what it settled is the next triage, which may follow as soon as it is settled.
 * Never while somebody who accepted it is at work, nor after it was withdrawn or merged.
 */
export const mayRoute = (state: RoutingState, now: Date): boolean => {
  if (state.isClosed || state.hasOpenHandling) return false
  if (state.isOnDesk || state.latest === null || state.wasDeclined || state.isStranded) return true
  if (state.latest.route === 'JOINT_CONFERENCE') return true
  return AWAITS_ANSWER.has(state.latest.route) && !state.wasAnswered && state.answerBy !== null && now > state.answerBy
}
