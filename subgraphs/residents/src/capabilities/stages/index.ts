export {
  applyAnswer,
  applyFact,
  FACT_EVENTS,
  noteOfFact,
  partyOfFact,
  withoutTriage,
  type FactEvent,
  type FactEventType,
} from './fact-of-event.js'
export { authorHandledBy, handledBy, timelineOf } from './matter.loader.js'
export { deriveMatter, partiesOf, type ForeignFacts } from './matter-facts.js'
export { expireWaiting, ownContext, projectFact, rebuildStages, tellMatter } from './matter.service.js'
export { keepFirstLines } from './matter.store.js'
export { lineOf, type TimelineEntry, type TimelineLine } from './timeline.js'
