import { setImmediate as turn } from 'node:timers/promises'

import type { OperationCatalogue } from '../planning/operation-catalogue.js'

/** What warming did. */
export interface WarmReport {
  /** Operations compiled on the new release. */
  readonly warmed: number
  /** Operations that ran on the old release and are refused by the new one: clients that will notice. */
  readonly refused: number
}

/** Bounds of warming. */
export interface WarmOptions {
  /** The hottest operations, at most. */
  readonly operations?: number
  /** Time after which the swap goes on with what there is. */
  readonly budgetMs?: number
  /** Monotonic clock; for tests. */
  readonly nowMs?: () => number
}

const OPERATIONS = 300
const BUDGET_MS = 2000

/**
 * Compiles the old catalogue's hottest operations on the new one, hottest first, one at a time and with a turn of the event loop
 * between them: requests on the old release go on meanwhile. Never rejects; what the new release refuses is counted.
 */
export const warmCatalogue = async (
  from: Pick<OperationCatalogue, 'hottest'>,
  to: Pick<OperationCatalogue, 'warm'>,
  options: WarmOptions = {},
): Promise<WarmReport> => {
  const nowMs = options.nowMs ?? ((): number => performance.now())
  const untilMs = nowMs() + (options.budgetMs ?? BUDGET_MS)
  let warmed = 0
  let refused = 0
  for (const operation of from.hottest(options.operations ?? OPERATIONS)) {
    if (nowMs() >= untilMs) break
    try {
      await to.warm(operation)
      warmed += 1
    } catch {
      refused += 1
    }
    await turn()
  }
  return { warmed, refused }
}
