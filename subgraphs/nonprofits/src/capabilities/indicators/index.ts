export { WORK_TOTALS } from './nonprofit-work.store.js'
export { nonprofitWorkByCommunity } from './nonprofit-work.loader.js'
