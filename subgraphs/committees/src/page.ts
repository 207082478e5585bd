import { HubError } from '@commonhall/shared/errors'
import { requirePage, type Page, type PageArguments } from '@commonhall/shared/loading'

import { isIdOf } from './ids.js'

const isInstant = (key: string | number | undefined): boolean =>
  typeof key === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(key) && !Number.isNaN(Date.parse(key))

/** Reads `first` and `after` of a list that is sorted by an instant and an id; a cursor of another list is INVALID_INPUT, never a failed statement. */
export const requireTimePage = (args: PageArguments, prefix: string): Page => {
  const page = requirePage(args, 2)
  const [at, id] = page.after ?? []
  if (page.after !== null && !(isInstant(at) && isIdOf(prefix, String(id))))
    throw new HubError('INVALID_INPUT', {
      sentence: {
        zh: 'after 不是本列表的游标，请使用 pageInfo.endCursor。',
        en: "'after' is not a cursor of this list; use pageInfo.endCursor.",
      },
    })
  return page
}

/** The records of each parent, in the order in which they came. */
export const byParent = <T>(records: readonly T[], parentOf: (record: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const record of records) {
    const group = groups.get(parentOf(record))
    if (group === undefined) groups.set(parentOf(record), [record])
    else group.push(record)
  }
  return groups
}

/** Sort keys of a record at an instant, for its cursor. */
export const timeKeys = (at: Date, id: string): readonly string[] => [at.toISOString(), id]
