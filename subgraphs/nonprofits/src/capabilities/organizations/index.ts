export { nonprofitById } from './nonprofit.loader.js'
export { pageNonprofits } from './nonprofit.store.js'
export { NonprofitType } from './nonprofit.type.js'
export type { Nonprofit, NonprofitFilter } from './nonprofit.js'
