import type { SqlReader } from '@commonhall/shared/persistence'
import type { Period } from '@commonhall/shared/time'
import DataLoader from 'dataloader'

import { nonprofitWorkOf, type NonprofitWork } from './nonprofit-work.js'
import { countNonprofitWork } from './nonprofit-work.store.js'

/** One question: a community and a period. */
export interface NonprofitWorkKey {
  readonly communityId: string
  readonly period: Period
}

const nameOf = ({ from, to }: Period): string => `${from}/${to}`

/** The nonprofits' work by community and period; one statement per distinct period of a batch. */
export const nonprofitWorkByCommunity = (reader: SqlReader, now: () => Date) =>
  new DataLoader<NonprofitWorkKey, NonprofitWork, string>(
    async (keys) => {
      const periods = new Map(keys.map(({ period }) => [nameOf(period), period]))
      const found = new Map<string, NonprofitWork>()
      await Promise.all(
        [...periods].map(async ([name, period]) => {
          const communities = keys.filter((key) => nameOf(key.period) === name).map(({ communityId }) => communityId)
          for (const counts of await countNonprofitWork(reader, communities, period, now()))
            found.set(`${name} ${counts.communityId}`, nonprofitWorkOf(counts))
        }),
      )
      return keys.map(
        ({ communityId, period }) => found.get(`${nameOf(period)} ${communityId}`) ?? new Error('a community was not counted'),
      )
    },
    { cacheKeyFn: ({ communityId, period }) => `${nameOf(period)} ${communityId}` },
  )
