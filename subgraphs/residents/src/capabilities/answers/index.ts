export { caseAnswerById, caseAnswersOf } from './case-answer.loader.js'
