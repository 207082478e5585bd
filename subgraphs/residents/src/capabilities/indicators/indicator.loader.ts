import { batchLoader, groupLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { localDate, type Period } from '@commonhall/shared/time'
import { wellFormed } from '@commonhall/shared/typeid'
import DataLoader from 'dataloader'

import type { OpenCount, SatisfactionCounts, StageCount } from './indicator.js'
import { countOpen, countOpenInCells, countSatisfaction, countStages } from './indicator.store.js'

/** An indicator of one community over one period. */
export interface IndicatorKey {
  readonly communityId: string
  readonly period: Pick<Period, 'from' | 'to'>
}

const MS_OF_DAY = 86_400_000

/** Loads rows by (community, period): one statement per distinct period, whatever the number of communities. */
const periodLoader = <T extends { readonly communityId: string }>(
  load: (ids: readonly string[], period: IndicatorKey['period']) => Promise<readonly T[]>,
): DataLoader<IndicatorKey, readonly T[], string> => {
  const nameOf = ({ period }: IndicatorKey): string => `${period.from} ${period.to}`
  return new DataLoader(
    async (keys) => {
      const loaded = new Map<string, Promise<readonly T[]>>()
      for (const key of keys) {
        const name = nameOf(key)
        const ids = [...new Set(keys.filter((other) => nameOf(other) === name).map(({ communityId }) => communityId))]
        if (!loaded.has(name)) loaded.set(name, load(ids, key.period))
      }
      return Promise.all(keys.map(async (key) => (await loaded.get(nameOf(key))!).filter((row) => row.communityId === key.communityId)))
    },
    { cacheKeyFn: (key) => `${key.communityId} ${nameOf(key)}` },
  )
}

/** What residents said about results; one statement per period. */
export const satisfactionOf = (reader: SqlReader) =>
  periodLoader<SatisfactionCounts>((ids, { from, to }) => countSatisfaction(reader, ids, from, to))

/** Entries of a period by stage; one statement per period. */
export const funnelOf = (reader: SqlReader) => periodLoader<StageCount>((ids, { from, to }) => countStages(reader, ids, from, to))

/** Open entries by stage and age in whole local days of `zone`; one statement per batch. */
export const openCountsOf = (reader: SqlReader, now: Date, zone: string) =>
  groupLoader<OpenCount>(
    (ids) => {
      const since = (days: number): string => localDate(new Date(now.getTime() - days * MS_OF_DAY), zone)
      return countOpen(reader, ids, [since(2), since(7), since(30), since(90)])
    },
    (row) => row.communityId,
  )

/** Open entries of each cell; one statement per batch, null for none. */
export const openInCell = (reader: SqlReader) =>
  batchLoader(
    (ids) => countOpenInCells(reader, wellFormed('cel', ids)),
    ({ id }) => id,
  )
