import { median, rate, smallestGroup, type Rate } from '@commonhall/shared/indicators'

/** What was counted for one community and period, before small cells are suppressed. */
export interface GridFigures {
  readonly communityId: string
  readonly cells: number
  readonly staffed: number
  readonly households: number
  readonly visited: number
  readonly medianMinutes: number | null
  readonly untriaged: number
  readonly byChannel: ReadonlyArray<{ readonly channel: string; readonly count: number }>
}

/** I7 as the dashboard shows it. */
export interface GridIndicator {
  readonly cells: number
  readonly staffedCells: Rate
  readonly visitedHouseholds: Rate
  readonly medianMinutesToTriage: number | null
  readonly untriaged: number
  readonly byChannel: ReadonlyArray<{ readonly channel: string; readonly count: number }>
}

/** I7 of a community with its own k. Households are persons' cells and are suppressed; cells and entries are an organ's matters. */
export const gridIndicatorOf = (figures: GridFigures, smallestGroupRule: number): GridIndicator => ({
  cells: figures.cells,
  staffedCells: rate('I7.staffedCells/1', figures.staffed, figures.cells),
  visitedHouseholds: rate('I7.visitedHouseholds/1', figures.visited, figures.households, smallestGroup(smallestGroupRule)),
  medianMinutesToTriage: figures.medianMinutes,
  untriaged: figures.untriaged,
  byChannel: figures.byChannel,
})

/** Nothing was counted: what a community without rows shows. */
export const noFigures = (communityId: string): GridFigures => ({
  communityId,
  cells: 0,
  staffed: 0,
  households: 0,
  visited: 0,
  medianMinutes: median([]),
  untriaged: 0,
  byChannel: [],
})
