import { ROUTE_KINDS, type RouteKind } from '@commonhall/shared/matters'
import { DateTimeScalar } from '@commonhall/shared/scalars'
import { IdempotentInput, NodeType, PartyType, resultUnion } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'

import { CommitteeType } from '../communities/index.js'
import { FunctionItemStub } from '../directory/index.js'
import { SuggestionStub } from '../matters/index.js'

export const RouteKindEnum = Object.fromEntries(ROUTE_KINDS.map((route) => [route, route])) as { readonly [R in RouteKind]: R }
registerEnumType(RouteKindEnum, {
  name: 'RouteKind',
  description: 'Where a suggestion goes.',
  valuesConfig: { SELF: { description: 'The committee handles it.' }, ANSWERED: { description: 'Answered at the desk.' } },
})

@Directive('@key(fields: "id")')
@Directive('@owner(party: COMMITTEE)')
@ObjectType('Triage', {
  implements: [NodeType],
  description: "The committee's routing of one suggestion. A second triage supersedes, never edits.",
})
export class TriageType {
  @Field(() => ID, { description: 'TypeID, prefix trg.' })
  id: string

  @Field(() => SuggestionStub, { nullable: true })
  suggestion?: SuggestionStub | null

  @Field(() => CommitteeType)
  by: CommitteeType

  @Field(() => RouteKindEnum)
  route: RouteKind

  @Field(() => [PartyType], { nullable: 'items' })
  to: Array<PartyType | null>

  @Field(() => FunctionItemStub, { nullable: true })
  functionItem?: FunctionItemStub | null

  @Field(() => SuggestionStub, { nullable: true })
  duplicateOf?: SuggestionStub | null

  @Field(() => String, { nullable: true })
  note: string | null

  @Field(() => TriageType, { nullable: true })
  supersedes?: TriageType | null

  @Field(() => DateTimeScalar)
  at: Date

  @Field(() => DateTimeScalar, { description: 'When the addressed party has to accept or decline.' })
  answerBy: Date
}

@InputType('TriageSuggestionInput', { description: 'Input of triageSuggestion.' })
export class TriageSuggestionInput extends IdempotentInput {
  @Field(() => ID)
  suggestion: string

  @Field(() => RouteKindEnum)
  route: RouteKind

  @Field(() => [ID], { nullable: true, description: 'Parties addressed; empty for SELF, DUPLICATE, ANSWERED.' })
  to?: string[] | null

  @Field(() => ID, { nullable: true })
  functionItem?: string | null

  @Field(() => ID, { nullable: true })
  duplicateOf?: string | null

  @Field(() => String, { nullable: true, description: 'Owed for ANSWERED: it is the answer.' })
  note?: string | null
}

export const TriageSuggestionResult = resultUnion('TriageSuggestionResult', () => TriageType, 'Triage')
