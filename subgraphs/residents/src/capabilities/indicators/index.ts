export { SUGGESTION_TOTALS } from './indicator.store.js'
export { funnelOf, openCountsOf, openInCell, satisfactionOf } from './indicator.loader.js'
