export type { Cell } from './cell.js'
export type { Net } from './net.js'
export { findCellsOfCommunity, findNetsOf, lockCell, saveCell, saveNet } from './territory.store.js'
export { CellType } from './territory.type.js'
