import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { chinaCalendar, type Clock, type Period } from '@commonhall/shared/time'

import type { Axis, ResponsivenessCounts } from './responsiveness.js'
import { countResponsiveness } from './responsiveness.store.js'

/** Counts by id; ids that ask for the same period share one statement. The period must have been read by `parsePeriod`. */
export const responsivenessBy = (reader: SqlReader, clock: Clock, axis: Axis) => {
  const byPeriod = new Map<string, ReturnType<typeof batchLoader<ResponsivenessCounts>>>()
  return (id: string, period: Period): Promise<ResponsivenessCounts | null> => {
    const name = `${period.from}/${period.to}`
    const loader =
      byPeriod.get(name) ??
      batchLoader<ResponsivenessCounts>(
        (ids) => countResponsiveness(reader, axis, ids, period, clock.now(), chinaCalendar().zone),
        (counts) => counts.id,
      )
    byPeriod.set(name, loader)
    return loader.load(id)
  }
}
