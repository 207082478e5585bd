export { suggestionById, suggestionByNumber, suggestionsOf } from './suggestion.loader.js'
export { findSimilarCandidates } from './suggestion-similar.store.js'
export {
  countReopening,
  countSupports,
  findImported,
  findSuggestions,
  insertImportedSuggestions,
  insertSuggestion,
} from './suggestion.store.js'
export { lockSuggestion, markWithdrawn, nextRunningNumbers } from './suggestion.store.js'
export { AssentFormEnum, SuggestionKindEnum, SuggestionStageEnum, SuggestionType } from './suggestion.type.js'
export { numberOf, type AssentForm, type NewSuggestion, type Suggestion } from './suggestion.js'
