export { firstLineOf, submittedEvent } from './submitted.js'
export { locate, type KnownGrid, type Placed } from './submission.js'
