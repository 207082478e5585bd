import { dayMs, hourMs } from '../clock.js'
import type { FunctionItem, PartyKey } from '../model.js'
import type { Draft } from './draft.js'
import { keptPromise, openPromise, PromiseBook, runningPromise, type PromiseTerms } from './promise-book.js'
import type { DeclineReason, StoryCaseHandling, StoryTriage } from './story.js'

/** How far an accepted matter has come; LEFT_OFF: promised, then withdrawn by the author. */
export type Progress = 'PROMISED' | 'IN_PROGRESS' | 'WAITING' | 'RESOLVED' | 'LEFT_OFF'

const explainedReasons: readonly DeclineReason[] = ['OUT_OF_SCOPE', 'NO_CAPACITY', 'NO_FUNDING', 'NOT_ELIGIBLE', 'OTHER']
const basisText = (draft: Draft): string => (draft.language === 'zh' ? `职责清单 ${draft.item.code}` : `Function list ${draft.item.code}`)

const termsOf = (draft: Draft, party: PartyKey): PromiseTerms => {
  const why = draft.say('why')
  if (party.kind === 'GOVERNMENT') return { limitDays: draft.item.resolveWithin, basis: draft.item.clock, why }
  return { limitDays: party.kind === 'COMMITTEE' ? 12 : 20, basis: 'WORKING', why }
}

/** A place on the desk of the party a triage names; moves time on to its answer (mostly in time). Gives the id of the place. */
const arrive = (draft: Draft, party: PartyKey, triage: StoryTriage, answerId: string | null, afterReopening = false): string => {
  const arrivedMs = afterReopening ? (draft.reopenings[draft.reopenings.length - 1]?.at.getTime() ?? draft.nowMs) : triage.at.getTime()
  const { clock } = draft.stage
  const answerBy = afterReopening ? new Date(clock.limit(arrivedMs, draft.item.respondWithin, draft.item.clock)) : triage.answerBy
  const arrivedAt = new Date(arrivedMs)
  if (party.kind === 'GOVERNMENT') {
    const id = draft.id('inb', arrivedMs)
    const { functionItem } = triage
    draft.inbox.push({ id, department: party.id, triage: triage.id, functionItem, arrivedAt, answerBy, handling: answerId, afterReopening })
    return id
  }
  const id = draft.id('ref', arrivedMs)
  draft.referrals.push({ id, nonprofit: party.id, triage: triage.id, arrivedAt, answerBy, engagement: answerId, afterReopening })
  return id
}

/** The addressed party has not answered yet. */
export const leaveWaiting = (draft: Draft, party: PartyKey, triage: StoryTriage): void => {
  arrive(draft, party, triage, null)
}

const answerTime = (draft: Draft): number => draft.office(draft.chance.between(0.1, 1.7) * draft.pace * dayMs)

/** A reasoned no, at `lateMs` if that is given. With `suggested` it is NOT_MY_FUNCTION and the matter goes back to the committee's desk. */
export const decline = (draft: Draft, party: PartyKey, triage: StoryTriage, suggested: FunctionItem | null, lateMs = 0): void => {
  const atMs = lateMs > draft.nowMs ? draft.later(lateMs - draft.nowMs) : answerTime(draft)
  const at = new Date(atMs)
  const reason = suggested ? 'NOT_MY_FUNCTION' : draft.chance.pick(explainedReasons)
  const note = draft.say(suggested ? 'notMine' : 'explanation')
  if (party.kind === 'NONPROFIT') {
    const id = draft.id('eng', atMs)
    const referral = arrive(draft, party, triage, id)
    draft.engagements.push({
      id,
      nonprofit: party.id,
      referral,
      triage: triage.id,
      verdict: 'DECLINED',
      reason,
      note,
      promise: null,
      delivery: null,
      deliveredAt: null,
      at,
    })
    return
  }
  const id = draft.id('csh', atMs)
  draft.caseHandlings.push({
    id,
    department: party.id,
    inboxItem: arrive(draft, party, triage, id),
    triage: triage.id,
    verdict: 'DECLINED',
    reason,
    explanation: note,
    suggestedOwner: suggested?.id ?? null,
    promise: null,
    progress: [],
    questions: [],
    resolution: null,
    resolvedAt: null,
    costFen: null,
    at,
  })
  if (suggested) {
    draft.bounces++
    draft.deskArrivedMs = atMs
  }
}

const notes = (draft: Draft, fromMs: number, toMs: number, count: number): StoryCaseHandling['progress'] =>
  Array.from({ length: count }, (_, i) => {
    const at = new Date(draft.told(Math.floor(fromMs + ((toMs - fromMs) * (i + draft.chance.between(0.2, 0.9))) / count)))
    return { at, text: draft.say('progress', i) }
  })

type Way = Pick<StoryCaseHandling, 'questions' | 'progress'> & { readonly book: PromiseBook; readonly resolvedMs: number | null }

/** The way of an accepted matter from `madeMs` to today or to its end; a WAITING one asks its question in the last nine days. */
const follow = (draft: Draft, party: PartyKey, madeMs: number, progress: Progress): Way => {
  const { clock, anchorMs } = draft.stage
  const { chance } = draft
  const terms = termsOf(draft, party)
  const department = party.kind === 'GOVERNMENT'
  if (progress === 'RESOLVED') {
    const onTime = 0.86 + 0.08 * draft.progressOfYears
    const kept = keptPromise(clock, { madeMs, endMs: anchorMs - hourMs / 60, onTime, mayAsk: department }, terms, chance)
    const questions: Way['questions'][number][] = []
    if (kept.question) {
      const { atMs, untilMs, answeredMs } = kept.question
      const id = draft.id('cqu', atMs)
      questions.push({ id, text: draft.say('question', 0), at: new Date(atMs), pausedUntil: new Date(untilMs) })
      draft.told(answeredMs)
      draft.answers.push({ id: draft.id('can', answeredMs), question: id, text: draft.say('answer', 0), at: new Date(answeredMs) })
    }
    return {
      book: kept.book,
      resolvedMs: kept.resolvedMs,
      questions,
      progress: department ? notes(draft, madeMs, kept.resolvedMs, chance.below(3)) : [],
    }
  }
  if (progress === 'LEFT_OFF') {
    return { book: new PromiseBook(clock, madeMs, terms.limitDays, terms.basis), resolvedMs: null, questions: [], progress: [] }
  }
  if (progress !== 'WAITING') {
    const book = openPromise(clock, madeMs, anchorMs, terms, chance)
    return {
      book,
      resolvedMs: null,
      questions: [],
      progress: progress === 'IN_PROGRESS' ? notes(draft, madeMs, anchorMs, 1 + chance.below(3)) : [],
    }
  }
  const askedMs = Math.floor(Math.max(madeMs + (anchorMs - madeMs) * 0.1, anchorMs - chance.between(0.2, 9) * dayMs))
  const book = runningPromise(clock, madeMs, askedMs, terms, chance)
  // Only a running promise can be paused: the question comes on its last day at the latest.
  const inTimeMs = Math.min(askedMs, book.dueMs - hourMs)
  const questions = [
    {
      id: draft.id('cqu', inTimeMs),
      text: draft.say('question'),
      at: new Date(draft.told(inTimeMs)),
      pausedUntil: new Date(book.pause(inTimeMs)),
    },
  ]
  return { book, resolvedMs: null, questions, progress: [] }
}

/** Acceptance with a promise, and what came of it so far; moves time on to the resolution, or leaves it at the acceptance. */
export const accept = (draft: Draft, party: PartyKey, triage: StoryTriage, progress: Progress, afterReopening = false): void => {
  const madeMs = answerTime(draft)
  const at = new Date(madeMs)
  const prefix = party.kind === 'GOVERNMENT' ? 'csh' : party.kind === 'COMMITTEE' ? 'chd' : 'eng'
  const id = draft.id(prefix, madeMs)
  const { book, resolvedMs, questions, progress: reported } = follow(draft, party, madeMs, progress)
  const promise = book.record(basisText(draft), draft.say('plan'))
  const resolvedAt = resolvedMs === null ? null : new Date(draft.told(resolvedMs))
  const resolution = resolvedAt ? draft.say('resolution') : null
  for (const { at: extendedAt } of promise.extensions) draft.told(extendedAt.getTime())
  if (party.kind === 'COMMITTEE') {
    draft.committeeHandlings.push({ id, committee: party.id, triage: triage.id, promise, resolution, resolvedAt, at })
  } else if (party.kind === 'NONPROFIT') {
    draft.engagements.push({
      id,
      nonprofit: party.id,
      referral: arrive(draft, party, triage, id, afterReopening),
      triage: triage.id,
      verdict: 'ACCEPTED',
      reason: null,
      note: null,
      promise,
      delivery: resolution,
      deliveredAt: resolvedAt,
      at,
    })
  } else {
    draft.caseHandlings.push({
      id,
      department: party.id,
      inboxItem: arrive(draft, party, triage, id, afterReopening),
      triage: triage.id,
      verdict: 'ACCEPTED',
      reason: null,
      explanation: null,
      suggestedOwner: null,
      promise,
      progress: reported,
      questions,
      resolution,
      resolvedAt,
      costFen: resolvedAt && draft.chance.may(0.55) ? Math.round(Math.exp(draft.chance.between(7, 13))) * 10 : null,
      at,
    })
  }
  if (resolvedMs !== null) draft.nowMs = Math.max(draft.nowMs, resolvedMs)
}
