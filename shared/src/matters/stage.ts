import type { AgeBucket, DeclineReason, RouteKind, SuggestionStage, Verdict } from './vocabulary.js'

/** The triage in force: the committee's latest; earlier ones are superseded. */
export interface TriageFact {
  triageId: string
  route: RouteKind
  at: Date
  /** Ids of the parties addressed; empty when none is known. */
  to: readonly string[]
}

/** One answer to a triage: a case handling (G), a committee's own handling (C), an engagement (N). */
export interface AnswerFact {
  partyKind: 'GOVERNMENT' | 'COMMITTEE' | 'NONPROFIT'
  partyId: string
  recordId: string
  /** The triage it answers; null when the answer does not say, then its time decides. */
  triageId: string | null
  verdict: Verdict
  reason: DeclineReason | null
  at: Date
  hasProgress: boolean
  /** End of the open question's pause; null when nothing is asked or all is answered. */
  openQuestionUntil: Date | null
  resolvedAt: Date | null
}

/** What the owners wrote about one suggestion; the stage is computed from this alone. */
export interface MatterFacts {
  withdrawnAt: Date | null
  mergedInto: string | null
  triage: TriageFact | null
  /** When a joint conference was called, by hand or by the bounce rule. */
  conferenceCalledAt: Date | null
  /** All answers of all triages, in any order. */
  answers: readonly AnswerFact[]
  reopenedAt: readonly Date[]
  outcome: { resolved: boolean; at: Date } | null
}

/** A fresh suggestion, about which nobody has written yet. */
export const noFacts: MatterFacts = {
  withdrawnAt: null,
  mergedInto: null,
  triage: null,
  conferenceCalledAt: null,
  answers: [],
  reopenedAt: [],
  outcome: null,
}

/**
 * The stage of a suggestion: the first rule of domain.md (W1) that fits. Pure and total: the same facts and instant give the same stage.
 *
 * Where the rule leaves room:
 * - An acceptance stands until it is resolved, whatever is triaged later; a decline counts only for the triage it answered, so a new triage
 *   starts with no declines, and one NOT_MY_FUNCTION among them brings the matter back to the desk.
 * - EXPLAINED closes a matter, so it waits until every addressed party has answered; until then TRIAGED.
 * - A reopening is met by a later resolution, a later explained decline or a later triage ANSWERED. What ended before it no longer speaks,
 *   and an outcome given before it is taken back by it.
 * - With several handlings a resolved one counts as progress of the whole. A question matters only while its pause runs at `now`.
 * - A conference is over for the stage when a later triage takes another route. A pending DUPLICATE is TRIAGED until the merge is final.
 */
export const stageOf = (facts: MatterFacts, now: Date): SuggestionStage => {
  if (facts.withdrawnAt) return 'WITHDRAWN'
  if (facts.mergedInto !== null) return 'MERGED'
  const round = sinceReopening(facts)
  const accepted = round.answers.filter(({ verdict }) => verdict === 'ACCEPTED')
  const running = accepted.filter(({ resolvedAt }) => resolvedAt === null)
  if (facts.reopenedAt.length > 0 && accepted.length === running.length && !isExplained(round)) return 'REOPENED'
  if (accepted.length > 0 && running.length === 0) return round.outcome?.resolved ? 'SATISFIED' : 'RESOLVED'
  if (running.some(({ openQuestionUntil }) => openQuestionUntil !== null && openQuestionUntil > now)) return 'WAITING_FOR_RESIDENT'
  if (running.some(({ hasProgress }) => hasProgress) || running.length < accepted.length) return 'IN_PROGRESS'
  if (running.length > 0) return 'PROMISED'
  if (isInConference(round)) return 'IN_CONFERENCE'
  if (declines(round).some(({ reason }) => reason === 'NOT_MY_FUNCTION')) return 'REFERRED_BACK'
  if (isExplained(round)) return 'EXPLAINED'
  return round.triage ? 'TRIAGED' : 'SUBMITTED'
}

/**
 * The facts that still speak after the last reopening: later answers, later resolutions and promises that were never resolved.
 *
 * The triage stays, since the same handler is asked again, but an answer at the desk has to be given anew.
 */
const sinceReopening = (facts: MatterFacts): MatterFacts => {
  if (facts.reopenedAt.length === 0) return facts
  const last = Math.max(...facts.reopenedAt.map((date) => date.getTime()))
  const isLater = (date: Date): boolean => date.getTime() > last
  const { triage, outcome, answers } = facts
  return {
    ...facts,
    triage: triage?.route === 'ANSWERED' && !isLater(triage.at) ? null : triage,
    outcome: outcome && isLater(outcome.at) ? outcome : null,
    answers: answers.filter(({ verdict, at, resolvedAt }) =>
      verdict === 'ACCEPTED' ? resolvedAt === null || isLater(resolvedAt) : isLater(at),
    ),
  }
}

/** Declines that answer the triage in force, when no other answer to it stands beside them. */
const declines = ({ triage, answers }: MatterFacts): readonly AnswerFact[] => {
  const current = answers.filter(({ triageId, at }) => !triage || (triageId === null ? at >= triage.at : triageId === triage.triageId))
  return current.every(({ verdict }) => verdict === 'DECLINED') ? current : []
}

/** Whether the triage in force ended in a reasoned no, or in an answer at the desk. */
const isExplained = (facts: MatterFacts): boolean => {
  if (facts.triage?.route === 'ANSWERED') return true
  const given = declines(facts)
  const answered = new Set(given.map(({ partyId }) => partyId))
  const isComplete = (facts.triage?.to ?? []).every((party) => answered.has(party))
  return given.length > 0 && isComplete && given.every(({ reason }) => reason !== 'NOT_MY_FUNCTION')
}

const isInConference = ({ triage, conferenceCalledAt }: MatterFacts): boolean =>
  triage?.route === 'JOINT_CONFERENCE' || (conferenceCalledAt !== null && (!triage || triage.at <= conferenceCalledAt))

const CLOSED: ReadonlySet<SuggestionStage> = new Set(['EXPLAINED', 'RESOLVED', 'SATISFIED', 'MERGED', 'WITHDRAWN'])

/** Whether somebody still owes something: the same line as Open311's open and closed. */
export const isOpen = (stage: SuggestionStage): boolean => !CLOSED.has(stage)

/** The age group of a matter, from `wholeDaysBetween(createdAt, now, zone)`; a clock that runs ahead counts as day 0. */
export const ageBucket = (days: number): AgeBucket =>
  days <= 2 ? 'D0_2' : days <= 7 ? 'D3_7' : days <= 30 ? 'D8_30' : days <= 90 ? 'D31_90' : 'OVER_90'

/** How often a matter came back as "not my function", over all its triages; each such decline is one bounce. */
export const bounceCount = (answers: readonly Pick<AnswerFact, 'verdict' | 'reason'>[]): number =>
  answers.filter(({ verdict, reason }) => verdict === 'DECLINED' && reason === 'NOT_MY_FUNCTION').length
