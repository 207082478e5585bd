import { buildFunctionIndex, matchFunctions } from '@commonhall/shared/functions'
import { chinaCalendar, localDate } from '@commonhall/shared/time'

import type { GovernmentContext } from '../../context.js'
import type { FunctionItem } from './function-item.js'
import { listFunctionItems } from './function-item.store.js'

/** One answer to "who is responsible for this?", best first. */
export interface FunctionMatch {
  readonly item: FunctionItem
  readonly score: number
  readonly matched: readonly string[]
}

const MAX_MATCHES = 10

/** Matches a text against the function list in force today; one statement, at most ten answers, [] when nothing fits. */
export const whoOwns = async (context: GovernmentContext, text: string, first: number): Promise<FunctionMatch[]> => {
  const items = await listFunctionItems(context.database.read, localDate(context.clock.now(), chinaCalendar().zone))
  const byId = new Map(items.map((item) => [item.id, item]))
  const matches = matchFunctions(text, buildFunctionIndex(items), Math.min(Math.max(first, 1), MAX_MATCHES))
  return matches.flatMap(({ id, score, matched }) => {
    const item = byId.get(id)
    return item === undefined ? [] : [{ item, score, matched }]
  })
}
