import type { PromiseRecord } from '@commonhall/shared/time'

/** What the passing of time said about a promise: a limit came near, or passed. */
export interface PromiseNotice {
  readonly at: Date
  readonly what: 'due' | 'broken'
  readonly dueAt: Date
}

interface Limit {
  readonly from: Date
  readonly to: Date
  readonly dueAt: Date
}

/** The limits of a promise one after the other, each while it was in force; of one that was paused only the last is known. */
const limitsOf = (promise: PromiseRecord, end: Date): Limit[] => {
  const { madeAt, firstDueAt, dueAt, extensions, pauses } = promise
  if (pauses.length === 0) {
    const starts = [madeAt, ...extensions.map(({ at }) => at)]
    const dues = [firstDueAt, ...extensions.map((extension) => extension.dueAt)]
    return dues.map((due, i) => ({ from: starts[i] ?? madeAt, to: starts[i + 1] ?? end, dueAt: due }))
  }
  const starts = [...extensions.map(({ at }) => at), ...pauses.map(({ to, until }) => to ?? until)]
  const from = new Date(Math.max(...starts.map((start) => start.getTime())))
  return from < end ? [{ from, to: end, dueAt }] : []
}

/**
 * What the watcher of a handler would have told of a promise until `end` (kept, given up with the matter, or today), oldest first.
 *
 * A limit comes near when less than a fifth of the time is left, as `promiseState` of shared/time says; pauses do not count.
 */
export const noticesOf = (promise: PromiseRecord, end: Date): PromiseNotice[] =>
  limitsOf(promise, end).flatMap(({ from, to, dueAt }): PromiseNotice[] => {
    const pausedMs = promise.pauses.reduce((sum, pause) => sum + (pause.to ?? pause.until).getTime() - pause.from.getTime(), 0)
    const nearMs = dueAt.getTime() - Math.floor((dueAt.getTime() - promise.madeAt.getTime() - pausedMs) / 5) + 1
    const near = new Date(Math.max(from.getTime(), nearMs))
    return [
      ...(near < to && near <= dueAt ? [{ at: near, what: 'due' as const, dueAt }] : []),
      ...(dueAt < to ? [{ at: new Date(dueAt.getTime() + 1), what: 'broken' as const, dueAt }] : []),
    ]
  })
