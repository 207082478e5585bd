import { DeclineReason, IdempotentInput, MoneyInput, PromiseInput, resultUnion } from '@commonhall/shared/vocabulary'
import { Field, ID, InputType, Int } from 'type-graphql'

import { CaseHandlingType } from './case-handling.type.js'

@InputType('AcceptCaseInput', { description: 'Input of acceptCase.' })
export class AcceptCaseInput extends IdempotentInput {
  @Field(() => ID)
  suggestion: string

  @Field(() => PromiseInput)
  promise: PromiseInput

  @Field(() => String, { nullable: true, description: 'Shown to the requester as the explanation.' })
  note?: string | null
}

@InputType('DeclineCaseInput', { description: 'Input of declineCase.' })
export class DeclineCaseInput extends IdempotentInput {
  @Field(() => ID)
  suggestion: string

  @Field(() => DeclineReason)
  reason: keyof typeof DeclineReason

  @Field(() => String, { description: 'Shown to the requester.' })
  explanation: string

  @Field(() => ID, { nullable: true, description: 'The function item that is responsible; a must for NOT_MY_FUNCTION.' })
  suggestedOwner?: string | null
}

@InputType('ReportProgressInput', { description: 'Input of reportProgress.' })
export class ReportProgressInput extends IdempotentInput {
  @Field(() => ID)
  handling: string

  @Field(() => String)
  text: string
}

@InputType('ExtendPromiseInput', { description: 'Input of extendPromise.' })
export class ExtendPromiseInput extends IdempotentInput {
  @Field(() => ID)
  handling: string

  @Field(() => Int, { description: "Days on the promise's own clock, counted from the limit in force." })
  days: number

  @Field(() => String, { description: 'The reason that the requester is told.' })
  why: string
}

@InputType('ResolveCaseInput', { description: 'Input of resolveCase.' })
export class ResolveCaseInput extends IdempotentInput {
  @Field(() => ID)
  handling: string

  @Field(() => String)
  resolution: string

  @Field(() => MoneyInput, { nullable: true })
  cost?: MoneyInput | null
}

export const AcceptCaseResult = resultUnion('AcceptCaseResult', () => CaseHandlingType, 'CaseHandling')
export const DeclineCaseResult = resultUnion('DeclineCaseResult', () => CaseHandlingType, 'CaseHandling')
export const ReportProgressResult = resultUnion('ReportProgressResult', () => CaseHandlingType, 'CaseHandling')
export const ExtendPromiseResult = resultUnion('ExtendPromiseResult', () => CaseHandlingType, 'CaseHandling')
export const ResolveCaseResult = resultUnion('ResolveCaseResult', () => CaseHandlingType, 'CaseHandling')
