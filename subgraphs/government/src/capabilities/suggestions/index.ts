export { endOf, type KnownSuggestion } from './suggestion.js'
export { knowSuggestion, noteCommunity, noteMerge, noteTriage, noteWithdrawal } from './suggestion.store.js'
export { SuggestionType } from './suggestion.type.js'
