import { Chance, shuffle } from '../chance.js'
import { shareOut } from '../place/share-out.js'
import type { Arrivals } from './arrivals.js'
import type { SuggestionKind, SuggestionStage } from './story.js'

/** Stages in 30,000 stories: 60, 12, 9, 6, 5, 3, 2 % and 3 % others, as domain section 9 says. */
const stageCounts: readonly (readonly [SuggestionStage, number])[] = [
  ['SATISFIED', 18_000],
  ['RESOLVED', 3_600],
  ['EXPLAINED', 2_700],
  ['PROMISED', 1_800],
  ['IN_PROGRESS', 1_500],
  ['MERGED', 900],
  ['WITHDRAWN', 600],
  ['WAITING_FOR_RESIDENT', 240],
  ['REOPENED', 240],
  ['TRIAGED', 120],
  ['SUBMITTED', 100],
  ['REFERRED_BACK', 130],
  ['IN_CONFERENCE', 70],
]

const kindShares: readonly (readonly [SuggestionKind, number])[] = [
  ['SUGGESTION', 55],
  ['COMPLAINT', 20],
  ['HELP_REQUEST', 15],
  ['PETITION_LETTER', 7],
  ['PRAISE', 3],
]

/** Ages in days of the stories that are still open, the tightest window first. */
const openWindows: readonly (readonly [SuggestionStage, from: number, to: number])[] = [
  ['SUBMITTED', 0, 4],
  ['TRIAGED', 1, 7],
  ['REFERRED_BACK', 4, 14],
  ['IN_CONFERENCE', 8, 35],
  ['WAITING_FOR_RESIDENT', 5, 50],
  ['REOPENED', 12, 60],
  ['PROMISED', 3, 150],
  ['IN_PROGRESS', 7, 170],
]
/** A merge is final after ten calendar days and the days off around them. */
const mergedAfterDays = 24
const withdrawnAfterDays = 3
/** The first stories have no earlier one to be merged into. */
const firstMayMerge = 10

/** Which story has which stage and kind: two bytes a story, so any story can be made alone and the counts are still exact. */
export interface Plan {
  readonly count: number
  stageOf(index: number): SuggestionStage
  kindOf(index: number): SuggestionKind
}

const free = 255

/** Draws the plan for `count` stories (at least 100); counts are exact up to the rounding of the shares. */
export const createPlan = (seed: number, count: number, arrivals: Arrivals): Plan => {
  const chance = new Chance(seed, 41, 0)
  const stages = new Uint8Array(count).fill(free)
  const left = shareOut(
    count,
    stageCounts.map(([, share]) => share),
  )
  const codeOf = (stage: SuggestionStage): number => stageCounts.findIndex(([name]) => name === stage)
  const place = (stage: SuggestionStage, newest: number, oldest: number, skew: number): void => {
    const code = codeOf(stage)
    for (; (left[code] ?? 0) > 0; left[code] = (left[code] ?? 0) - 1) {
      let index = Math.max(0, count - 1 - newest - Math.floor(Math.max(1, oldest - newest) * chance.unit() ** skew))
      while (stages[index] !== free) index = index > firstMayMerge ? index - 1 : count - 1
      stages[index] = code
    }
  }
  for (const [stage, from, to] of openWindows) place(stage, arrivals.youngerThan(from), arrivals.youngerThan(to), 1.7)
  place('MERGED', arrivals.youngerThan(mergedAfterDays), count - firstMayMerge, 1)
  place('WITHDRAWN', arrivals.youngerThan(withdrawnAfterDays), count - firstMayMerge, 1)
  // What is a week old at most and not open can only have been answered at once.
  const explained = codeOf('EXPLAINED')
  for (let index = count - 1; index >= count - arrivals.youngerThan(8); index--) {
    if (stages[index] !== free || (left[explained] ?? 0) === 0) continue
    stages[index] = explained
    left[explained] = (left[explained] ?? 0) - 1
  }
  const bag = shuffle(Uint8Array.from(left.flatMap((n, code) => new Array<number>(n).fill(code))), chance)
  for (let index = 0, next = 0; index < count; index++) if (stages[index] === free) stages[index] = bag[next++] ?? 0

  const kindCounts = shareOut(
    count,
    kindShares.map(([, share]) => share),
  )
  const praise = kindShares.length - 1
  const kinds = new Uint8Array(count).fill(free)
  const answered = shuffle(Int32Array.from([...stages.keys()].filter((index) => stages[index] === explained)), chance)
  for (const index of answered.slice(0, kindCounts[praise])) kinds[index] = praise
  const others = shuffle(Uint8Array.from(kindCounts.slice(0, praise).flatMap((n, code) => new Array<number>(n).fill(code))), chance)
  for (let index = 0, next = 0; index < count; index++) if (kinds[index] === free) kinds[index] = others[next++] ?? 0
  return {
    count,
    stageOf: (index) => stageCounts[stages[index] ?? 0]?.[0] ?? 'SATISFIED',
    kindOf: (index) => kindShares[kinds[index] ?? 0]?.[0] ?? 'SUGGESTION',
  }
}
