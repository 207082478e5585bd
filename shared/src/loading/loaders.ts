import DataLoader from 'dataloader'

import type { Page } from './keyset.js'

/** Ids in one statement at most; a longer batch is split (the gateway caps its batches at the same number). */
const MAX_BATCH = 500

/** Loads records by id: one statement per batch, same order, null for an unknown id. A loader lives for one request. */
export const batchLoader = <T>(
  load: (ids: readonly string[]) => Promise<readonly T[]>,
  idOf: (record: T) => string,
): DataLoader<string, T | null> =>
  new DataLoader<string, T | null>(
    async (ids) => {
      const byId = new Map((await load(ids)).map((record) => [idOf(record), record]))
      return ids.map((id) => byId.get(id) ?? null)
    },
    { maxBatchSize: MAX_BATCH },
  )

/** Loads the records of each parent: one statement per batch, in the order of the statement, [] for a parent without any. */
export const groupLoader = <T>(
  load: (parentIds: readonly string[]) => Promise<readonly T[]>,
  parentOf: (record: T) => string,
): DataLoader<string, readonly T[]> =>
  new DataLoader<string, readonly T[]>(
    async (parentIds) => {
      const groups = new Map<string, T[]>()
      for (const record of await load(parentIds)) {
        const group = groups.get(parentOf(record))
        if (group === undefined) groups.set(parentOf(record), [record])
        else group.push(record)
      }
      return parentIds.map((id) => groups.get(id) ?? [])
    },
    { maxBatchSize: MAX_BATCH },
  )

/**
 * Loads a page of each parent's records: one statement per distinct (page, filter), whatever the number of parents.
 *
 * `load` gets the parents that asked for the same page and returns up to `page.limit + 1` records of each.
 */
export const pagedLoader = <F, T>(
  load: (parentIds: readonly string[], page: Page, filter: F) => Promise<ReadonlyMap<string, readonly T[]>>,
): DataLoader<{ parentId: string; page: Page; filter: F }, readonly T[], string> =>
  new DataLoader(
    async (keys) => {
      const groups = new Map<string, { page: Page; filter: F; parentIds: string[] }>()
      for (const { parentId, page, filter } of keys) {
        const name = JSON.stringify([page, filter])
        const group = groups.get(name) ?? { page, filter, parentIds: [] }
        group.parentIds.push(parentId)
        groups.set(name, group)
      }
      const loaded = new Map<string, ReadonlyMap<string, readonly T[]>>()
      await Promise.all([...groups].map(async ([name, group]) => loaded.set(name, await load(group.parentIds, group.page, group.filter))))
      return keys.map(({ parentId, page, filter }) => loaded.get(JSON.stringify([page, filter]))?.get(parentId) ?? [])
    },
    { maxBatchSize: MAX_BATCH, cacheKeyFn: (key) => JSON.stringify([key.parentId, key.page, key.filter]) },
  )
