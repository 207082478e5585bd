import { DateTimeScalar } from '@commonhall/shared/scalars'
import { connectionOf, NodeType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, ObjectType } from 'type-graphql'

import { CaseHandlingType } from '../cases/index.js'
import { DepartmentType } from '../departments/index.js'
import { FunctionItemType } from '../functions/index.js'
import { SuggestionType } from '../suggestions/index.js'

@Directive('@key(fields: "id")')
@Directive('@owner(party: GOVERNMENT)')
@ObjectType('InboxItem', { implements: [NodeType], description: "One place on a department's desk: a suggestion routed to it." })
export class InboxItemType {
  @Field(() => ID, { description: 'TypeID, prefix inb.' })
  id: string

  @Field(() => SuggestionType, { nullable: true })
  suggestion: SuggestionType | null

  @Field(() => DepartmentType)
  department: DepartmentType

  @Field(() => FunctionItemType, { nullable: true })
  functionItem: FunctionItemType | null

  @Field(() => DateTimeScalar)
  arrivedAt: Date

  @Field(() => DateTimeScalar)
  answerBy: Date

  @Field(() => Boolean, { description: 'Not answered, although the limit has passed; computed from the clock.' })
  overdue: boolean

  @Field(() => CaseHandlingType, { nullable: true, description: 'The answer, once there is one.' })
  handling: CaseHandlingType | null
}

export const InboxItemConnection = connectionOf('InboxItem', () => InboxItemType, 'GOVERNMENT')
