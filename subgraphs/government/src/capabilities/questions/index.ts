export { resumeFor } from './case-question.js'
export { questionLoaders } from './case-question.loader.js'
export { findCaseQuestions, markAnswered } from './case-question.store.js'
