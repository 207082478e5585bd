export { firstLineOf, submittedEvent, SUBMITTED } from './submitted.js'
export { ASSISTED_CHANNELS, locate, type KnownGrid, type Placed } from './submission.js'
