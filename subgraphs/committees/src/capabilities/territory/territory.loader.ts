import { batchLoader, groupLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import { lookUp } from '../../ids.js'
import type { Cell } from './cell.js'
import type { Net } from './net.js'
import { findCells, findCellsOf, findNets, findNetsOf } from './territory.store.js'

/** Nets by id; one statement per batch. */
export const netById = (reader: SqlReader) =>
  batchLoader<Net>(
    lookUp('net', (ids) => findNets(reader, ids)),
    (net) => net.id,
  )

/** Cells by id; one statement per batch. */
export const cellById = (reader: SqlReader) =>
  batchLoader<Cell>(
    lookUp('cel', (ids) => findCells(reader, ids)),
    (cell) => cell.id,
  )

/** The nets of each community, by number; one statement per batch. */
export const netsOfCommunity = (reader: SqlReader) =>
  groupLoader<Net>(
    (ids) => findNetsOf(reader, ids),
    (net) => net.communityId,
  )

/** The cells of each net, by number; one statement per batch. */
export const cellsOfNet = (reader: SqlReader) =>
  groupLoader<Cell>(
    (ids) => findCellsOf(reader, ids),
    (cell) => cell.netId,
  )
