import { DateTimeScalar } from '@commonhall/shared/scalars'
import { connectionOf, NodeType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'

import { FunctionItemStub } from '../directory/index.js'
import { SuggestionStub } from '../matters/index.js'

export const DeskStateEnum = { WAITING: 'WAITING', ROUTED: 'ROUTED', LEFT: 'LEFT' } as const
registerEnumType(DeskStateEnum, {
  name: 'TriageItemState',
  description: 'Where a place on the desk stands.',
  valuesConfig: { LEFT: { description: 'Withdrawn, merged or taken on elsewhere before anybody routed it.' } },
})

@Directive('@key(fields: "id")')
@Directive('@owner(party: COMMITTEE)')
@ObjectType('TriageItem', {
  implements: [NodeType],
  description: "One place on the committee's desk: a suggestion that waits for triage.",
})
export class TriageItemType {
  @Field(() => ID, { description: 'TypeID, prefix tri.' })
  id: string

  @Field(() => SuggestionStub, { nullable: true })
  suggestion?: SuggestionStub | null

  @Field(() => DeskStateEnum)
  state: keyof typeof DeskStateEnum

  @Field(() => DateTimeScalar)
  arrivedAt: Date

  @Field(() => DateTimeScalar)
  triageBy: Date

  @Field(() => Int, { description: "Declines 'not my function' so far." })
  bounces: number

  @Field(() => FunctionItemStub, { nullable: true, description: 'First answer of whoOwns; a person decides.' })
  proposedItem?: FunctionItemStub | null
}

export const TriageItemConnection = connectionOf('TriageItem', () => TriageItemType, 'COMMITTEE')

@InputType('TriageDeskFilter', { description: 'Which places of the desk to show; without it, all that waits.' })
export class TriageDeskFilter {
  @Field(() => Boolean, { nullable: true, description: 'Past the limit of triage.' })
  overdue?: boolean | null

  @Field(() => [String], { nullable: true, description: 'Values of SuggestionKind.' })
  kinds?: string[] | null

  @Field(() => ID, { nullable: true })
  cell?: string | null

  @Field(() => [DeskStateEnum], { nullable: true, description: 'WAITING when left out.' })
  states?: Array<keyof typeof DeskStateEnum> | null

  @Field(() => Int, { nullable: true, description: 'Arrived more than so many times 24 hours ago.' })
  olderThanDays?: number | null
}
