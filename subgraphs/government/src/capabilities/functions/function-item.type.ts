import { DateScalar } from '@commonhall/shared/scalars'
import { ClockBasis, connectionOf, IdempotentInput, NodeType, resultUnion } from '@commonhall/shared/vocabulary'
import { Directive, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'

import { DepartmentType } from '../departments/index.js'

export const CharterListEnum = { BASIC: 'BASIC', COOPERATIVE: 'COOPERATIVE', TAKEN_BACK: 'TAKEN_BACK' } as const
registerEnumType(CharterListEnum, {
  name: 'CharterList',
  description: 'The three lists of the function charter.',
  valuesConfig: {
    BASIC: { description: "The street's own duty." },
    COOPERATIVE: { description: 'A district department leads, the street takes part.' },
    TAKEN_BACK: { description: 'Done by the district department; not to be handed down.' },
  },
})

@Directive('@key(fields: "id")')
@Directive('@owner(party: GOVERNMENT)')
@ObjectType('FunctionItem', {
  implements: [NodeType],
  description: 'One line of the written function list: who is responsible for what, within which time.',
})
export class FunctionItemType {
  @Field(() => ID, { description: 'TypeID, prefix fun.' })
  id: string

  @Field(() => String)
  code: string

  @Field(() => String)
  title: string

  @Field(() => CharterListEnum)
  list: keyof typeof CharterListEnum

  @Field(() => DepartmentType)
  owner: DepartmentType

  @Field(() => [DepartmentType])
  supporting: DepartmentType[]

  @Field(() => String)
  legalBasis: string

  @Field(() => Int, { description: 'Days to accept or decline.' })
  respondWithin: number

  @Field(() => Int, { description: 'Days to resolve.' })
  resolveWithin: number

  @Field(() => ClockBasis)
  clock: keyof typeof ClockBasis

  @Field(() => [String])
  keywords: string[]

  @Field(() => DateScalar)
  validFrom: string

  @Field(() => DateScalar, { nullable: true })
  validUntil: string | null
}

export const FunctionItemConnection = connectionOf('FunctionItem', () => FunctionItemType, 'GOVERNMENT')

@Directive('@owner(party: GOVERNMENT)')
@ObjectType('FunctionMatch', { description: "One answer to 'who is responsible for this?'." })
export class FunctionMatchType {
  @Field(() => FunctionItemType)
  item: FunctionItemType

  @Field(() => Float)
  score: number

  @Field(() => [String], { description: 'Words or attributes that matched.' })
  matched: string[]
}

@InputType('PublishFunctionItemInput', { description: 'Input of publishFunctionItem.' })
export class PublishFunctionItemInput extends IdempotentInput {
  @Field(() => String)
  code: string

  @Field(() => String)
  title: string

  @Field(() => String, { nullable: true, description: 'The title for readers of English; without it they read the other one.' })
  titleEn?: string | null

  @Field(() => CharterListEnum)
  list: keyof typeof CharterListEnum

  @Field(() => String)
  legalBasis: string

  @Field(() => [ID], { nullable: true })
  supporting?: string[] | null

  @Field(() => Int)
  respondWithin: number

  @Field(() => Int)
  resolveWithin: number

  @Field(() => ClockBasis)
  clock: keyof typeof ClockBasis

  @Field(() => [String])
  keywords: string[]
}

export const PublishFunctionItemResult = resultUnion('PublishFunctionItemResult', () => FunctionItemType, 'FunctionItem')
