export { responsivenessBy } from './responsiveness.loader.js'
export { RESPONSIVENESS_TOTALS } from './responsiveness.store.js'
