export { type Bilingual, type Formula, type FormulaCode, FORMULAS } from './formulas.js'
export {
  type Count,
  type Rate,
  type ShownRow,
  SMALLEST_GROUP,
  count,
  median,
  rate,
  smallestGroup,
  suppressBreakdown,
} from './small-cells.js'
