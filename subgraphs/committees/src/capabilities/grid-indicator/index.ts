export { GRID_TOTALS } from './grid-indicator.store.js'
