import { chinaCalendar } from '@commonhall/shared/time'

/** Counts working minutes for many stories. */
export interface MinuteCounter {
  between(from: Date, to: Date): number
}

const MS_PER_DAY = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000
const OPENS_MINUTE = 9 * 60
const CLOSES_MINUTE = 17 * 60 + 30

/**
 * The working minutes of `workingMinutesBetween` on a table of days: tens of thousands of stories would spend seconds in time zones.
 *
 * Shanghai keeps UTC+8 the whole year, so its wall clock is plain arithmetic here; a test compares both.
 */
export const createMinuteCounter = (): MinuteCounter => {
  const calendar = chinaCalendar()
  const working = new Map<number, boolean>()
  const isWorking = (day: number): boolean => {
    const known = working.get(day)
    if (known !== undefined) return known
    const found = calendar.isWorkingDay(new Date(day * MS_PER_DAY).toISOString().slice(0, 10))
    working.set(day, found)
    return found
  }
  return {
    between(from, to) {
      const start = Math.floor((from.getTime() + SHANGHAI_MS) / 60_000)
      const end = Math.floor((to.getTime() + SHANGHAI_MS) / 60_000)
      let minutes = 0
      for (let day = Math.floor(start / 1_440); day <= Math.floor(end / 1_440); day++) {
        if (!isWorking(day)) continue
        const opens = Math.max(day * 1_440 + OPENS_MINUTE, start)
        const closes = Math.min(day * 1_440 + CLOSES_MINUTE, end)
        minutes += Math.max(0, closes - opens)
      }
      return minutes
    },
  }
}
