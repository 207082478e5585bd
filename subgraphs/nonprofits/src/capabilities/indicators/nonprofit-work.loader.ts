import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { chinaCalendar, type Clock, type Period } from '@commonhall/shared/time'

import type { NonprofitWorkCounts } from './nonprofit-work.js'
import { countNonprofitWork } from './nonprofit-work.store.js'

/** Counts by community; communities that ask for the same period share one statement. The period must have been read by `parsePeriod`. */
export const nonprofitWorkByCommunity = (reader: SqlReader, clock: Clock) => {
  const byPeriod = new Map<string, ReturnType<typeof batchLoader<NonprofitWorkCounts>>>()
  return (communityId: string, period: Period): Promise<NonprofitWorkCounts | null> => {
    const name = `${period.from}/${period.to}`
    const loader =
      byPeriod.get(name) ??
      batchLoader<NonprofitWorkCounts>(
        (ids) => countNonprofitWork(reader, ids, period, clock.now(), chinaCalendar().zone),
        (counts) => counts.communityId,
      )
    byPeriod.set(name, loader)
    return loader.load(communityId)
  }
}
