import { dayMs, dayOf, isoDate } from '../clock.js'
import type { Draft } from './draft.js'
import type { StoryLedgerEntry } from './story.js'

/** Opens the ledger for a prominent problem: four steps, feedback every two or four weeks until it is closed or today. */
export const keepLedger = (draft: Draft, openedMs: number, resolvedMs: number | null): StoryLedgerEntry => {
  const { chance } = draft
  const { anchorMs } = draft.stage
  const endMs = resolvedMs ?? anchorMs
  const feedbackEveryDays = chance.may(0.5) ? 14 : 28
  const id = draft.id('led', openedMs)
  const stepDays = resolvedMs === null ? 15 : Math.max(1, Math.round((resolvedMs - openedMs) / dayMs / 4))
  const schedule = [0, 1, 2, 3].map((n) => {
    const dueDay = dayOf(openedMs) + (n + 1) * stepDays
    const doneMs = openedMs + ((n + 1) * (endMs - openedMs)) / 4.2
    const isDone = resolvedMs !== null || (n < 3 && (n + 1) * stepDays * dayMs + openedMs < anchorMs && chance.may(0.85))
    return {
      id: draft.id('stp', openedMs),
      dueOn: isoDate(dueDay),
      what: draft.say('step', n),
      doneAt: isDone ? new Date(draft.told(Math.floor(Math.min(doneMs, openedMs + (n + 1) * stepDays * dayMs)))) : null,
    }
  })
  const feedback: StoryLedgerEntry['feedback'][number][] = []
  for (let atMs = openedMs + feedbackEveryDays * dayMs; atMs < endMs; atMs += feedbackEveryDays * dayMs * chance.between(0.9, 1.1)) {
    feedback.push({
      at: new Date(draft.told(Math.floor(atMs))),
      channel: chance.may(0.5) ? 'FACE_TO_FACE' : 'PAPER',
      text: draft.say('feedback'),
    })
  }
  const closedMs =
    resolvedMs === null
      ? null
      : Math.min(resolvedMs + Math.floor(chance.between(0.05, 0.3) * (anchorMs - resolvedMs)), resolvedMs + 2 * dayMs)
  if (closedMs !== null) draft.told(closedMs)
  const noun = draft.language === 'zh' ? draft.skeleton.topic.noun.zh : draft.skeleton.topic.noun.en
  const title = draft.language === 'zh' ? `突出问题：${noun}` : `Prominent problem: ${noun}`
  return {
    id,
    title,
    schedule,
    feedbackEveryDays,
    feedback,
    openedAt: new Date(openedMs),
    closedAt: closedMs === null ? null : new Date(closedMs),
  }
}
