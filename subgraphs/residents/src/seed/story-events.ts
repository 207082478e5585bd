import type { StoryPromise, SuggestionStory } from '@commonhall/street'

import type { FactEvent } from '../capabilities/stages/index.js'
import { noticesOf } from './told-promise.js'

/** An event of another party in the life of a story. */
export interface ToldFact {
  readonly at: Date
  readonly event: FactEvent
}

/** One handling of any party, as far as the three kinds of it are alike. */
interface Handling {
  readonly id: string
  readonly party: string
  readonly at: Date
  readonly promise: StoryPromise | null
  readonly resolvedAt: Date | null
}

/** The names under which each kind of handler tells the same things. */
const NAMES = {
  GOVERNMENT: {
    key: 'department',
    accepted: 'government.case.accepted',
    extended: 'government.case.extended',
    due: 'government.case.promise_due',
    broken: 'government.case.promise_broken',
    resolved: 'government.case.resolved',
  },
  COMMITTEE: {
    key: 'committee',
    accepted: 'committee.case.taken',
    extended: 'committee.case.extended',
    due: 'committee.case.promise_due',
    broken: 'committee.case.promise_broken',
    resolved: 'committee.case.finished',
  },
  NONPROFIT: {
    key: 'nonprofit',
    accepted: 'nonprofit.referral.accepted',
    extended: 'nonprofit.referral.extended',
    due: 'nonprofit.referral.promise_due',
    broken: 'nonprofit.referral.promise_broken',
    resolved: 'nonprofit.referral.delivered',
  },
} as const

/** What a handler told of an accepted matter: the promise, its extensions, what time said of it, and the end. */
const accepted = (story: SuggestionStory, kind: keyof typeof NAMES, handling: Handling, promise: StoryPromise, now: Date): ToldFact[] => {
  const names = NAMES[kind]
  const told = (what: Exclude<keyof typeof names, 'key'>, at: Date, dueAt: Date | null = null): ToldFact => {
    const keys = { suggestion: story.id, handling: handling.id, [names.key]: handling.party, at: at.toISOString() }
    const limits = dueAt === null ? {} : { firstDueAt: promise.firstDueAt.toISOString(), dueAt: dueAt.toISOString() }
    // The table of names pairs every type with the key of its payload, which the compiler cannot follow through a computed key.
    const event = { type: names[what], data: { ...keys, ...limits } } as unknown as FactEvent
    return { at, event }
  }
  const end = handling.resolvedAt ?? story.withdrawnAt ?? now
  return [
    told('accepted', handling.at, promise.firstDueAt),
    ...promise.extensions.map(({ at, dueAt }) => told('extended', at, dueAt)),
    ...noticesOf(promise, end).map(({ at, what, dueAt }) => told(what, at, dueAt)),
    ...(handling.resolvedAt === null ? [] : [told('resolved', handling.resolvedAt)]),
  ]
}

const ofDepartments = (story: SuggestionStory, now: Date): ToldFact[] =>
  story.caseHandlings.flatMap((one): ToldFact[] => {
    const keys = { suggestion: story.id, handling: one.id, department: one.department }
    const { promise } = one
    if (promise === null) {
      const { suggestedOwner, at } = one
      const data = { ...keys, reason: one.reason ?? 'OTHER', suggestedOwner, at: at.toISOString() }
      return [{ at, event: { type: 'government.case.declined', data } }]
    }
    return [
      ...accepted(story, 'GOVERNMENT', { ...one, party: one.department }, promise, now),
      ...one.progress.map(({ at }): ToldFact => ({
        at,
        event: { type: 'government.case.reported', data: { ...keys, at: at.toISOString() } },
      })),
      ...one.questions.map(({ id, at, pausedUntil }): ToldFact => {
        // The street keeps only the limit in force; lists of overdue matters must know that one.
        const limits = { firstDueAt: promise.firstDueAt.toISOString(), dueAt: promise.dueAt.toISOString() }
        const data = { ...keys, ...limits, question: id, pausedUntil: pausedUntil.toISOString(), at: at.toISOString() }
        return { at, event: { type: 'government.case.asked', data } }
      }),
    ]
  })

const ofNonprofits = (story: SuggestionStory, now: Date): ToldFact[] =>
  story.engagements.flatMap((one): ToldFact[] => {
    const { id, nonprofit, referral, at, reason } = one
    if (one.promise !== null)
      return accepted(story, 'NONPROFIT', { ...one, party: nonprofit, resolvedAt: one.deliveredAt }, one.promise, now)
    const data = { suggestion: story.id, handling: id, nonprofit, referral, reason: reason ?? 'OTHER', at: at.toISOString() }
    return [{ at, event: { type: 'nonprofit.referral.declined', data } }]
  })

const ofDesk = ({ id: suggestion, committee, community, triages, conference, desk }: SuggestionStory, now: Date): ToldFact[] => {
  const triaged = triages.map(({ id, route, to, functionItem, duplicateOf, answerBy, at }): ToldFact => {
    const keys = { suggestion, triage: id, committee, community, route, to, functionItem, duplicateOf }
    return {
      at,
      event: {
        type: 'committee.suggestion.triaged',
        data: { ...keys, answerBy: answerBy.toISOString(), bounces: desk.bounces, at: at.toISOString() },
      },
    }
  })
  const isOverdue = (desk.clearedAt ?? now) > desk.triageBy
  const overdue: ToldFact = { at: desk.triageBy, event: { type: 'committee.suggestion.triage_overdue', data: { suggestion, committee } } }
  if (conference === null) return [...triaged, ...(isOverdue ? [overdue] : [])]
  const { id, calledByRule, convenedAt, at } = conference
  const data = { suggestion, conference: id, committee, calledByRule, holdBy: at.toISOString(), at: convenedAt.toISOString() }
  return [...triaged, ...(isOverdue ? [overdue] : []), { at: convenedAt, event: { type: 'committee.conference.convened', data } }]
}

const ofLedger = ({ id: suggestion, community, ledger }: SuggestionStory): ToldFact[] => {
  if (ledger === null) return []
  const { id: entry, openedAt, closedAt } = ledger
  const keys = { entry, suggestion }
  return [
    { at: openedAt, event: { type: 'committee.ledger.opened', data: { ...keys, community, at: openedAt.toISOString() } } },
    ...ledger.schedule.flatMap(({ id: step, dueOn, doneAt }): ToldFact[] => [
      { at: openedAt, event: { type: 'committee.ledger.scheduled', data: { ...keys, step, dueOn } } },
      ...(doneAt === null
        ? []
        : [{ at: doneAt, event: { type: 'committee.ledger.step_completed' as const, data: { ...keys, step, at: doneAt.toISOString() } } }]),
    ]),
    ...ledger.feedback.map(({ at }): ToldFact => ({
      at,
      event: { type: 'committee.ledger.fed_back', data: { ...keys, at: at.toISOString() } },
    })),
    ...(closedAt === null
      ? []
      : [{ at: closedAt, event: { type: 'committee.ledger.closed' as const, data: { ...keys, at: closedAt.toISOString() } } }]),
  ]
}

/** All that the other parties told about a story until `now`, as their events; those of one party are in their order. Pure. */
export const factsToldOf = (story: SuggestionStory, now: Date): ToldFact[] => [
  ...ofDesk(story, now),
  ...ofDepartments(story, now),
  ...ofNonprofits(story, now),
  ...story.committeeHandlings.flatMap((one) => accepted(story, 'COMMITTEE', { ...one, party: one.committee }, one.promise, now)),
  ...ofLedger(story),
]
