export { createGridSource, projectCell, type Grid, type GridSource } from './cell.service.js'
export { CellType } from './cell.type.js'
