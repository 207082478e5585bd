export { CELL_ROLES } from './cell-manager.js'
