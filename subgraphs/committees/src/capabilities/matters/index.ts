export { bouncesOf, hasOpenAnswer, isClosed, isKnown, type Answer, type KnownMatter } from './matter.js'
export { findAnswers, findMatter, holdMatter, keepAnswer, lockMatter, saveMarks, saveSubmission } from './matter.store.js'
export { SuggestionStub } from './suggestion.type.js'
