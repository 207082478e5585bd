export { funnelOf, openCountsOf, openInCell, satisfactionOf } from './indicator.loader.js'
