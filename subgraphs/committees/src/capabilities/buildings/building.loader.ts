import { batchLoader, groupLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import { lookUp } from '../../ids.js'
import type { Building } from './building.js'
import { findBuildings, findBuildingsOf } from './building.store.js'

/** Buildings by id; one statement per batch. */
export const buildingById = (reader: SqlReader) =>
  batchLoader<Building>(
    lookUp('bui', (ids) => findBuildings(reader, ids)),
    (building) => building.id,
  )

/** The buildings of each cell; one statement per batch. */
export const buildingsOfCell = (reader: SqlReader) =>
  groupLoader<Building>(
    (ids) => findBuildingsOf(reader, ids),
    (building) => building.cellId,
  )
