import { batchLoader, groupLoader, pagedLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import { lookUp } from '../../ids.js'
import type { CellManager } from './cell-manager.js'
import { findManagersOf } from './cell-manager.store.js'
import type { Visit } from './visit.js'
import { findVisits, pageVisits, type VisitPeriod } from './visit.store.js'

/** Who serves in each cell on a day or later; one statement per batch. */
export const managersOfCell = (reader: SqlReader, day: string) =>
  groupLoader<CellManager>(
    (ids) => findManagersOf(reader, ids, day),
    (manager) => manager.cellId,
  )

/** Visits by id; one statement per batch. */
export const visitById = (reader: SqlReader) =>
  batchLoader<Visit>(
    lookUp('vis', (ids) => findVisits(reader, ids)),
    (visit) => visit.id,
  )

/** Pages of the cells' visits; one statement per distinct page and period. */
export const visitsOfCell = (reader: SqlReader) =>
  pagedLoader<VisitPeriod, Visit>((ids, page, period) => pageVisits(reader, ids, page, period))
