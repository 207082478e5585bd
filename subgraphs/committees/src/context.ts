import type { RequestContext } from '@commonhall/shared/subgraph'
import { chinaCalendar, localDate } from '@commonhall/shared/time'

import { buildingById, buildingsOfCell } from './capabilities/buildings/building.loader.js'
import { committeeById, communityById } from './capabilities/communities/community.loader.js'
import { listCommunities } from './capabilities/communities/index.js'
import { conferenceById, conferenceOfSuggestion } from './capabilities/conferences/joint-conference.loader.js'
import { triageItemById } from './capabilities/desk/desk.loader.js'
import { managersOfCell, visitById, visitsOfCell } from './capabilities/grid/grid.loader.js'
import { gridFigures } from './capabilities/grid-indicator/grid-indicator.loader.js'
import { handlingById, handlingOfSuggestion } from './capabilities/handlings/committee-handling.loader.js'
import { ledgerEntryById, ledgerEntryOfSuggestion, ledgerOfCommunity } from './capabilities/ledger/ledger-entry.loader.js'
import type { Cell } from './capabilities/territory/cell.js'
import type { CellFinder } from './capabilities/territory/cell-finder.service.js'
import { cellById, cellsOfNet, netById, netsOfCommunity } from './capabilities/territory/territory.loader.js'
import { triageById, triageHistory, triageOfSuggestion } from './capabilities/triage/triage.loader.js'

/** What a resolver of the committees has: the request, its local day, and a set of loaders that live as long as it. */
export type CommitteesContext = RequestContext & { readonly today: string; readonly loaders: ReturnType<typeof createLoaders> }

const createLoaders = ({ database, actor }: RequestContext, finder: CellFinder, today: string) => {
  const { read } = database
  const cells = cellById(read)
  const post = actor.actingFor
  return {
    allCommunities: () => listCommunities(read),
    communityById: communityById(read),
    committeeById: committeeById(read),
    netById: netById(read),
    netsOfCommunity: netsOfCommunity(read),
    cellById: cells,
    cellsOfNet: cellsOfNet(read),
    /** The cell that contains a GeoJSON point, or null outside the street. */
    cellAt: async (point: unknown): Promise<Cell | null> => {
      const id = await finder.cellAt(read, point)
      return id === null ? null : cells.load(id)
    },
    buildingById: buildingById(read),
    buildingsOfCell: buildingsOfCell(read),
    managersOfCell: managersOfCell(read, today),
    visitById: visitById(read),
    visitsOfCell: visitsOfCell(read),
    gridFigures: gridFigures(read),
    triageItemById: triageItemById(database, post?.kind === 'COMMITTEE' ? post.partyId : null),
    triageById: triageById(read),
    triageOfSuggestion: triageOfSuggestion(read),
    triageHistory: triageHistory(read),
    conferenceById: conferenceById(read),
    conferenceOfSuggestion: conferenceOfSuggestion(read),
    handlingById: handlingById(read),
    handlingOfSuggestion: handlingOfSuggestion(read),
    ledgerEntryById: ledgerEntryById(read),
    ledgerEntryOfSuggestion: ledgerEntryOfSuggestion(read),
    ledgerOfCommunity: ledgerOfCommunity(read),
  }
}

/** Makes the contexts of a process's requests; the index of cells is shared by them all. */
export const committeesContexts =
  (finder: CellFinder) =>
  (base: RequestContext): CommitteesContext => {
    const today = localDate(base.clock.now(), chinaCalendar().zone)
    return { ...base, today, loaders: createLoaders(base, finder, today) }
  }
