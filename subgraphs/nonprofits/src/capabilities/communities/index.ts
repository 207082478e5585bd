export { maxExtensionsOf, noteRules } from './community.store.js'
export { CommunityType } from './community.type.js'
