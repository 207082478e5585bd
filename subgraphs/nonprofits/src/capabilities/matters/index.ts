export { asksNonprofits, endOf, withEnd, withTriage } from './matter.js'
export { lockMatter, saveMatter } from './matter.store.js'
export { SuggestionType } from './suggestion.type.js'
export type { EndWhy } from './matter.js'
