import { chinaCalendar } from '@commonhall/shared/time'

import { createStreetClock, dayOf, isoDate, startOfDay, yearOf } from './clock.js'
import type { Cell, Community, Department, FunctionItem, Net, Nonprofit, Resident } from './model.js'
import { createDepartments } from './parties/departments.js'
import { createFunctionList } from './parties/function-list.js'
import { createNonprofits, hostedMediationBodies } from './parties/nonprofits.js'
import { createPeople } from './people/residents.js'
import { createPersonas, type Personas } from './personas.js'
import { cellsPerCommunity, censusTotal, createTerritory } from './place/territory.js'
import { createArrivals } from './stories/arrivals.js'
import type { Stage } from './stories/draft.js'
import { createPlan } from './stories/plan.js'
import { createSkeletons } from './stories/skeleton.js'
import type { SuggestionStory } from './stories/story.js'
import { createTeller } from './stories/tell.js'

/** `anchor` is "today" of the data: the three years end there. `scale` 1 is the full street, 0.02 fits tests, 10 the benchmark. */
export interface StreetOptions {
  readonly anchor: Date
  readonly scale?: number
  readonly seed?: number
}

/** Says what was generated; the loader shows it, so nobody takes the street for real. */
export interface StreetManifest {
  readonly synthetic: true
  readonly seed: number
  readonly anchor: string
  readonly scale: number
  readonly timeZone: 'Asia/Shanghai'
  readonly counts: Readonly<
    Record<
      | 'inhabitants'
      | 'communities'
      | 'nets'
      | 'cells'
      | 'staffedCells'
      | 'buildings'
      | 'departments'
      | 'functionItems'
      | 'nonprofits'
      | 'residents'
      | 'suggestions',
      number
    >
  >
  /** Where the fixture differs from the paper's figures, and why. */
  readonly notes: readonly string[]
}

/** The fictional street. Small collections are ready; residents and suggestions are made one at a time, oldest suggestion first. */
export interface Street {
  readonly manifest: StreetManifest
  readonly communities: readonly Community[]
  readonly nets: readonly Net[]
  readonly cells: readonly Cell[]
  readonly departments: readonly Department[]
  readonly functionItems: readonly FunctionItem[]
  readonly nonprofits: readonly Nonprofit[]
  readonly personas: Personas
  residents(): Iterable<Resident>
  suggestions(): Iterable<SuggestionStory>
  /** One story by its index, without making the others. RangeError outside 0 to `manifest.counts.suggestions` − 1. */
  suggestion(index: number): SuggestionStory
}

const yearsDays = 3 * 365 + 1
const longestLimitDays = 500
const counts = { suggestions: 30_000, residents: 24_000 }

/**
 * Generates Tiansheng Street as the paper describes it, with invented persons and matters. Pure: the same options give the same street in
 * every process, so each party loads its own rows and the ids agree.
 *
 * Territory and parties have the same ids for every anchor and scale; residents and suggestions do not. A whole street of scale 1 takes
 * about a second of one core and holds only the small collections in memory. Refuses a scale below 0.005 or above 100 with RangeError.
 * @see domain.md, section 9
 */
export const createStreet = ({ anchor, scale = 1, seed = 1954 }: StreetOptions): Street => {
  const anchorMs = anchor.getTime()
  if (Number.isNaN(anchorMs)) throw new RangeError('the anchor is not an instant')
  if (!(scale >= 0.005 && scale <= 100)) throw new RangeError('scale must be from 0.005 to 100')
  const startDay = dayOf(anchorMs) - yearsDays
  const startMs = startOfDay(startDay)
  const calendar = chinaCalendar()
  const clock = createStreetClock(startDay - 30, dayOf(anchorMs) + longestLimitDays, (date) => calendar.isWorkingDay(date))
  const people = createPeople(seed, Math.round(counts.residents * scale), startMs, anchorMs, cellsPerCommunity)
  const territory = createTerritory(seed, isoDate(startDay), (c, n) => people.settled(c, n))
  const departments = createDepartments(seed)
  const functionItems = createFunctionList(seed, departments)
  const nonprofits = createNonprofits(seed, territory.communities)
  const total = Math.round(counts.suggestions * scale)
  const arrivals = createArrivals(seed, total, startDay, anchorMs, clock)
  const skeletons = createSkeletons(seed, anchorMs, territory, createPlan(seed, total, arrivals), arrivals)
  const stage: Stage = { seed, startMs, anchorMs, clock, territory, departments, functionItems, nonprofits }
  const tell = createTeller(stage, people, arrivals, skeletons)
  const { communities, nets, cells } = territory
  return {
    manifest: {
      ...{ synthetic: true, seed, anchor: anchor.toISOString(), scale, timeZone: 'Asia/Shanghai' },
      counts: {
        ...{ inhabitants: censusTotal, communities: communities.length, nets: nets.length, cells: cells.length },
        staffedCells: cells.filter(({ staffed }) => staffed).length,
        buildings: cells.reduce((sum, { buildings }) => sum + buildings.length, 0),
        ...{ departments: departments.length, functionItems: functionItems.length, nonprofits: nonprofits.length },
        ...{ residents: people.count, suggestions: total },
      },
      notes: [
        `nonprofits: 154 of the paper, 4 of the fixture, ${hostedMediationBodies} mediation bodies hosted by committees, to reach 162`,
        'branches: 52 buildings have a group; no person is recorded with one',
      ],
    },
    ...{ communities, nets, cells, departments, functionItems, nonprofits },
    personas: createPersonas(people, territory, departments, nonprofits),
    residents: () => people.all(territory, yearOf(anchorMs)),
    *suggestions() {
      for (let index = 0; index < total; index++) yield tell(index)
    },
    suggestion: (index) => {
      if (!Number.isInteger(index) || index < 0 || index >= total) throw new RangeError(`no story ${index}`)
      return tell(index)
    },
  }
}
