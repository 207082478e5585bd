export { firstLineOf, submittedEvent, SUBMITTED } from './submitted.js'
export { ASSISTED_CHANNELS, locate } from './submission.js'
