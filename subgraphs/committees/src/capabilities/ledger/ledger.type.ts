import { DateScalar, DateTimeScalar } from '@commonhall/shared/scalars'
import { Channel, connectionOf, IdempotentInput, NodeType, PromiseInput, PromiseType, resultUnion } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'

import { CommunityType } from '../communities/index.js'
import { SuggestionStub } from '../matters/index.js'

export const TrafficLightEnum = { GREEN: 'GREEN', AMBER: 'AMBER', RED: 'RED' } as const
registerEnumType(TrafficLightEnum, {
  name: 'TrafficLight',
  description: 'On schedule, late by one step or feedback, late by more.',
})

@Directive('@owner(party: COMMITTEE)')
@ObjectType('ScheduleStep', { description: 'A step of the schedule.' })
export class ScheduleStepType {
  @Field(() => ID)
  id: string

  @Field(() => DateScalar)
  dueOn: string

  @Field(() => String)
  what: string

  @Field(() => DateTimeScalar, { nullable: true })
  doneAt: Date | null
}

@Directive('@owner(party: COMMITTEE)')
@ObjectType('FeedbackReport', { description: 'What was told to the people concerned, and how.' })
export class FeedbackReportType {
  @Field(() => DateTimeScalar)
  at: Date

  @Field(() => Channel)
  channel: keyof typeof Channel

  @Field(() => String)
  text: string
}

@Directive('@key(fields: "id")')
@Directive('@owner(party: COMMITTEE)')
@ObjectType('LedgerEntry', {
  implements: [NodeType],
  description: 'A prominent problem kept in the ledger with schedule and regular feedback.',
})
export class LedgerEntryType {
  @Field(() => ID, { description: 'TypeID, prefix led.' })
  id: string

  @Field(() => SuggestionStub, { nullable: true })
  suggestion?: SuggestionStub | null

  @Field(() => String)
  title: string

  @Field(() => CommunityType)
  community: CommunityType

  @Field(() => PromiseType, { nullable: true })
  promise: PromiseType | null

  @Field(() => [ScheduleStepType])
  schedule: ScheduleStepType[]

  @Field(() => Int)
  feedbackEveryDays: number

  @Field(() => [FeedbackReportType])
  feedback: FeedbackReportType[]

  @Field(() => TrafficLightEnum)
  light: keyof typeof TrafficLightEnum

  @Field(() => DateTimeScalar)
  openedAt: Date

  @Field(() => DateTimeScalar, { nullable: true })
  closedAt: Date | null
}

export const LedgerEntryConnection = connectionOf('LedgerEntry', () => LedgerEntryType, 'COMMITTEE')

@InputType('OpenLedgerEntryInput', { description: 'Input of openLedgerEntry.' })
export class OpenLedgerEntryInput extends IdempotentInput {
  @Field(() => ID, { nullable: true })
  suggestion?: string | null

  @Field(() => ID)
  community: string

  @Field(() => String)
  title: string

  @Field(() => PromiseInput, { nullable: true })
  promise?: PromiseInput | null

  @Field(() => Int, { description: '1 to 30.' })
  feedbackEveryDays: number
}

@InputType('ScheduleStepInput', { description: 'Input of scheduleStep.' })
export class ScheduleStepInput extends IdempotentInput {
  @Field(() => ID)
  entry: string

  @Field(() => DateScalar)
  dueOn: string

  @Field(() => String)
  what: string
}

@InputType('CompleteStepInput', { description: 'Input of completeStep.' })
export class CompleteStepInput extends IdempotentInput {
  @Field(() => ID)
  entry: string

  @Field(() => ID)
  step: string
}

@InputType('ReportFeedbackInput', { description: 'Input of reportFeedback.' })
export class ReportFeedbackInput extends IdempotentInput {
  @Field(() => ID)
  entry: string

  @Field(() => Channel)
  channel: keyof typeof Channel

  @Field(() => String)
  text: string
}

@InputType('CloseLedgerEntryInput', { description: 'Input of closeLedgerEntry.' })
export class CloseLedgerEntryInput extends IdempotentInput {
  @Field(() => ID)
  entry: string
}

export const OpenLedgerEntryResult = resultUnion('OpenLedgerEntryResult', () => LedgerEntryType, 'LedgerEntry')
export const ScheduleStepResult = resultUnion('ScheduleStepResult', () => LedgerEntryType, 'LedgerEntry')
export const CompleteStepResult = resultUnion('CompleteStepResult', () => LedgerEntryType, 'LedgerEntry')
export const ReportFeedbackResult = resultUnion('ReportFeedbackResult', () => LedgerEntryType, 'LedgerEntry')
export const CloseLedgerEntryResult = resultUnion('CloseLedgerEntryResult', () => LedgerEntryType, 'LedgerEntry')
