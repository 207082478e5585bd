import type { EventPayloads, EventType } from '@commonhall/shared/events'
import type { DeclineReason, RouteKind } from '@commonhall/shared/matters'

import type { ForeignFacts, HandlerKind, HandlingFact } from './matter-facts.js'

/** Events of other parties that say something about one suggestion. */
export const FACT_EVENTS = [
  'committee.suggestion.triaged',
  'committee.suggestion.triage_overdue',
  'committee.conference.convened',
  'committee.case.taken',
  'committee.case.extended',
  'committee.case.promise_due',
  'committee.case.promise_broken',
  'committee.case.finished',
  'committee.ledger.opened',
  'committee.ledger.scheduled',
  'committee.ledger.step_completed',
  'committee.ledger.fed_back',
  'committee.ledger.closed',
  'government.case.accepted',
  'government.case.declined',
  'government.case.reported',
  'government.case.asked',
  'government.case.resumed',
  'government.case.extended',
  'government.case.promise_due',
  'government.case.promise_broken',
  'government.case.resolved',
  'nonprofit.referral.accepted',
  'nonprofit.referral.declined',
  'nonprofit.referral.extended',
  'nonprofit.referral.promise_due',
  'nonprofit.referral.promise_broken',
  'nonprofit.referral.delivered',
] as const satisfies readonly EventType[]

export type FactEventType = (typeof FACT_EVENTS)[number]

/** One such event with its payload. */
export type FactEvent = { [T in FactEventType]: { readonly type: T; readonly data: EventPayloads[T] } }[FactEventType]

const ms = (instant: string): number => Date.parse(instant)

type HandlingChange = Partial<Omit<HandlingFact, 'kind' | 'party'>>

const withHandling = (facts: ForeignFacts, kind: HandlerKind, party: string, id: string, change: HandlingChange): ForeignFacts => {
  const known = facts.handlings?.[id]
  const unknown: HandlingFact = { kind, party, verdict: null, reason: null, at: 0, progress: false, dueAt: null, resolvedAt: null }
  return { ...facts, handlings: { ...facts.handlings, [id]: { ...(known ?? unknown), ...change } } }
}

const accepted = (data: { at: string; dueAt: string }): HandlingChange => ({ verdict: 'ACCEPTED', at: ms(data.at), dueAt: ms(data.dueAt) })
const declined = (data: { at: string; reason: string }): HandlingChange => ({
  verdict: 'DECLINED',
  at: ms(data.at),
  reason: data.reason as DeclineReason,
})

/**
 * Adds what an event says to the facts. Pure, and the same when told twice; only the latest triage is kept, whatever order they come in.
 *
 * Events that change no fact (a limit is near, a ledger step) leave the facts alone; they stand in the timeline.
 */
export const applyFact = (facts: ForeignFacts, event: FactEvent): ForeignFacts => {
  switch (event.type) {
    case 'committee.suggestion.triaged': {
      const { triage, route, to, at, answerBy } = event.data
      if (facts.triage !== undefined && facts.triage.at > ms(at)) return facts
      return { ...facts, triage: { id: triage, route: route as RouteKind, at: ms(at), to: to.map(({ id }) => id), answerBy: ms(answerBy) } }
    }
    case 'committee.conference.convened':
      return { ...facts, conference: Math.max(facts.conference ?? 0, ms(event.data.at)) }
    case 'committee.case.taken':
      return withHandling(facts, 'COMMITTEE', event.data.committee, event.data.handling, accepted(event.data))
    case 'committee.case.extended':
      return withHandling(facts, 'COMMITTEE', event.data.committee, event.data.handling, { dueAt: ms(event.data.dueAt) })
    case 'committee.case.finished':
      return withHandling(facts, 'COMMITTEE', event.data.committee, event.data.handling, { resolvedAt: ms(event.data.at) })
    case 'government.case.accepted':
      return withHandling(facts, 'GOVERNMENT', event.data.department, event.data.handling, accepted(event.data))
    case 'government.case.declined':
      return withHandling(facts, 'GOVERNMENT', event.data.department, event.data.handling, declined(event.data))
    case 'government.case.reported':
      return withHandling(facts, 'GOVERNMENT', event.data.department, event.data.handling, { progress: true })
    case 'government.case.asked': {
      const { handling, question, pausedUntil, department, dueAt } = event.data
      const asked = facts.questions?.[question] ?? { handling, until: ms(pausedUntil), answered: false }
      return withHandling({ ...facts, questions: { ...facts.questions, [question]: asked } }, 'GOVERNMENT', department, handling, {
        dueAt: ms(dueAt),
      })
    }
    case 'government.case.resumed':
    case 'government.case.extended':
      return withHandling(facts, 'GOVERNMENT', event.data.department, event.data.handling, { dueAt: ms(event.data.dueAt) })
    case 'government.case.resolved':
      return withHandling(facts, 'GOVERNMENT', event.data.department, event.data.handling, { resolvedAt: ms(event.data.at) })
    case 'nonprofit.referral.accepted':
      return withHandling(facts, 'NONPROFIT', event.data.nonprofit, event.data.handling, accepted(event.data))
    case 'nonprofit.referral.declined':
      return withHandling(facts, 'NONPROFIT', event.data.nonprofit, event.data.handling, declined(event.data))
    case 'nonprofit.referral.extended':
      return withHandling(facts, 'NONPROFIT', event.data.nonprofit, event.data.handling, { dueAt: ms(event.data.dueAt) })
    case 'nonprofit.referral.delivered':
      return withHandling(facts, 'NONPROFIT', event.data.nonprofit, event.data.handling, { resolvedAt: ms(event.data.at) })
    default:
      return facts
  }
}

/** Marks a question as answered by the author. */
export const applyAnswer = (facts: ForeignFacts, question: string): ForeignFacts => {
  const asked = facts.questions?.[question]
  return asked === undefined ? facts : { ...facts, questions: { ...facts.questions, [question]: { ...asked, answered: true } } }
}

/** Who is named in an event, for its line of the timeline; null for a committee that the event does not name. */
export const partyOfFact = ({ type, data }: FactEvent): { kind: HandlerKind; id: string | null } => {
  if (type.startsWith('government.')) return { kind: 'GOVERNMENT', id: 'department' in data ? data.department : null }
  if (type.startsWith('nonprofit.')) return { kind: 'NONPROFIT', id: 'nonprofit' in data ? data.nonprofit : null }
  return { kind: 'COMMITTEE', id: 'committee' in data ? data.committee : null }
}

/** The one word that a line of the timeline adds: the route, the reason of a decline, or the limit that is now in force. */
export const noteOfFact = ({ data }: FactEvent): string | null => {
  if ('route' in data) return data.route
  if ('reason' in data) return data.reason
  return 'dueAt' in data ? data.dueAt : null
}

/** Takes a triage back that a contested merge has made void; a later one stands. */
export const withoutTriage = (facts: ForeignFacts, triageId: string): ForeignFacts => {
  if (facts.triage?.id !== triageId) return facts
  const { triage: _void, ...rest } = facts
  return rest
}
