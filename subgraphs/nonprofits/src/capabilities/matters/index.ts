export { asksNonprofits, endOf, isInForce, withTriage } from './matter.js'
export { lockMatter, saveMatter } from './matter.store.js'
export { SuggestionType } from './suggestion.type.js'
export type { ClosedBecause, Matter } from './matter.js'
