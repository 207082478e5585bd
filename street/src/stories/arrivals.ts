import { Chance } from '../chance.js'
import { dayMs, dayOf, hourMs, startOfDay, yearOf, type StreetClock } from '../clock.js'

/** When each of the N suggestions came: monotone in the index, so numbers, ids and pages agree. */
export interface Arrivals {
  createdMs(index: number): number
  /** Public number, counted anew each year. */
  numberOf(index: number, createdMs: number): string
  /** How many of the suggestions are younger than this many days. */
  youngerThan(days: number): number
}

const weekday = [0.55, 1.25, 1.15, 1.1, 1.1, 1.15, 0.7]

/** Weight of a day: Mondays are busy, days off quiet, summers and winters louder than spring and autumn, a little more each year. */
const weightOf = (day: number, startDay: number, clock: StreetClock): number => {
  const season = 1 + 0.18 * Math.cos(((day % 365.25) / 365.25) * 4 * Math.PI)
  const growing = 0.9 + (0.2 * (day - startDay)) / 1096
  return (weekday[(day + 4) % 7] ?? 1) * (clock.isWorkingDay(day) ? 1 : 0.7) * season * growing
}

/** Spreads `count` arrivals over the local days from `startDay` to the anchor, between 07:00 and 22:00, none after the anchor. */
export const createArrivals = (seed: number, count: number, startDay: number, anchorMs: number, clock: StreetClock): Arrivals => {
  const lastDay = dayOf(anchorMs)
  const opens = 7 * hourMs
  const spanOf = (day: number): number =>
    Math.max(0, Math.min(15 * hourMs, day === lastDay ? anchorMs - startOfDay(day) - opens - 60_000 : dayMs))
  const cumulative: number[] = [0]
  for (let day = startDay; day <= lastDay; day++) {
    const before = cumulative[cumulative.length - 1] ?? 0
    cumulative.push(before + (weightOf(day, startDay, clock) * spanOf(day)) / (15 * hourMs))
  }
  const total = cumulative[cumulative.length - 1] ?? 1
  const firstOfDay = Int32Array.from(cumulative, (passed) => Math.round((count * passed) / total))
  const dayIndexOf = (index: number): number => {
    let low = 0
    let high = firstOfDay.length - 2
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((firstOfDay[middle] ?? 0) <= index) low = middle
      else high = middle - 1
    }
    return low
  }
  const createdMs = (index: number): number => {
    const d = dayIndexOf(index)
    const first = firstOfDay[d] ?? 0
    const share = (index - first + new Chance(seed, 40, index).unit() * 0.9) / ((firstOfDay[d + 1] ?? 1) - first)
    const day = startDay + d
    // Less at both ends of the day than around ten and four o'clock.
    const shaped = share + 0.04 * Math.sin(2 * Math.PI * share)
    return Math.floor(startOfDay(day) + opens + Math.min(0.999, shaped) * spanOf(day))
  }
  const firstOfYear = new Map<number, number>()
  for (let day = startDay; day <= lastDay; day++) {
    const year = yearOf(startOfDay(day))
    if (!firstOfYear.has(year)) firstOfYear.set(year, firstOfDay[day - startDay] ?? 0)
  }
  return {
    createdMs,
    numberOf: (index, atMs) => {
      const year = yearOf(atMs)
      return `TS-${year}-${String(index - (firstOfYear.get(year) ?? 0) + 1).padStart(6, '0')}`
    },
    youngerThan: (days) => count - (firstOfDay[Math.max(0, Math.floor(dayOf(anchorMs - days * dayMs)) - startDay + 1)] ?? 0),
  }
}
