export { nonprofitWorkByCommunity } from './nonprofit-work.loader.js'
