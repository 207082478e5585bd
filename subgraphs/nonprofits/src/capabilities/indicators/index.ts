export { nonprofitWorkByCommunity } from './nonprofit-work.loader.js'
export type { NonprofitWork } from './nonprofit-work.js'
