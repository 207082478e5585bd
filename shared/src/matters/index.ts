export { type AnswerFact, type MatterFacts, type TriageFact, ageBucket, bounceCount, isOpen, noFacts, stageOf } from './stage.js'
export {
  type AgeBucket,
  type Channel,
  type DeclineReason,
  type RouteKind,
  type SuggestionKind,
  type SuggestionStage,
  type Verdict,
  AGE_BUCKETS,
  CHANNELS,
  DECLINE_REASONS,
  ROUTE_KINDS,
  SUGGESTION_KINDS,
  SUGGESTION_STAGES,
  VERDICTS,
} from './vocabulary.js'
