import 'reflect-metadata'

export {
  AgeBand,
  Channel,
  ClockBasis,
  DataClass,
  DeclineReason,
  PartyKindEnum,
  PromiseState,
  Purpose,
  RefusalCodeEnum,
  Verdict,
} from './enums.type.js'
export { NodeType, PartyType, PartyRefType } from './party.type.js'
export { RefusalResolver, RefusalType } from './refusal.type.js'
export { PromiseInput, PromiseResolver, PromiseType, showPromise, type ShownPromise } from './promise.type.js'
export { CountType, MoneyInput, MoneyType, PageInfoType, PeriodInput, RateType } from './measures.type.js'
export { connectionOf, IdempotentInput, resultUnion } from './shapes.type.js'
export { CHARTER_DIRECTIVES, DIRECTIVE_ENUMS, SCHEMA_EXTENSION } from './charter-directives.js'
