export { caseAnswerById, caseAnswersOf } from './case-answer.loader.js'
export type { CaseAnswer } from './case-answer.js'
