import { pagedLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import { CELL_ROLES } from '../grid/index.js'
import type { GridFigures } from './grid-indicator.js'
import { countGrid, type GridPeriod } from './grid-indicator.store.js'

/** Figures of I7 by community; one statement per distinct period, whatever the number of communities. `page` is not used. */
export const gridFigures = (reader: SqlReader) =>
  pagedLoader<GridPeriod, GridFigures>(async (ids, _page, period) => {
    const figures = await countGrid(reader, ids, period, CELL_ROLES.length)
    return new Map(figures.map((one) => [one.communityId, [one]]))
  })
