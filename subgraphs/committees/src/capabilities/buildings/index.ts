export type { Building } from './building.js'
export { findBuildingsOf, saveBuilding } from './building.store.js'
