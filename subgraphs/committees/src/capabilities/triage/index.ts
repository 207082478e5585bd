export { findLatestTriages } from './triage.store.js'
export type { Triage } from './triage.js'
