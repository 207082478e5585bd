import type { RefusalValue } from '@commonhall/shared/errors'
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { CommunityType, type Community } from '../communities/index.js'
import { SuggestionStub } from '../matters/index.js'
import { lightOf, type LedgerEntry, type TrafficLight } from './ledger-entry.js'
import { closeLedgerEntry, completeStep, reportFeedback, scheduleStep } from './ledger.service.js'
import {
  CloseLedgerEntryInput,
  CloseLedgerEntryResult,
  CompleteStepInput,
  CompleteStepResult,
  LedgerEntryType,
  OpenLedgerEntryInput,
  OpenLedgerEntryResult,
  ReportFeedbackInput,
  ReportFeedbackResult,
  ScheduleStepInput,
  ScheduleStepResult,
  TrafficLightEnum,
} from './ledger.type.js'
import { openLedgerEntry } from './open-entry.service.js'

type Result = Promise<LedgerEntry | RefusalValue>

@Resolver(() => LedgerEntryType)
export class LedgerEntryResolver {
  @Directive('@act(code: "committee.ledger.open")')
  @Directive('@authenticated')
  @Mutation(() => OpenLedgerEntryResult, { nullable: true, description: 'Put a prominent problem into the ledger.' })
  openLedgerEntry(@Arg('input', () => OpenLedgerEntryInput) input: OpenLedgerEntryInput, @Ctx() context: CommitteesContext): Result {
    return openLedgerEntry(context, input)
  }

  @Directive('@act(code: "committee.ledger.schedule")')
  @Directive('@authenticated')
  @Mutation(() => ScheduleStepResult, { nullable: true, description: 'Add a step.' })
  scheduleStep(@Arg('input', () => ScheduleStepInput) input: ScheduleStepInput, @Ctx() context: CommitteesContext): Result {
    return scheduleStep(context, input)
  }

  @Directive('@act(code: "committee.ledger.complete_step")')
  @Directive('@authenticated')
  @Mutation(() => CompleteStepResult, { nullable: true, description: 'A step is done.' })
  completeStep(@Arg('input', () => CompleteStepInput) input: CompleteStepInput, @Ctx() context: CommitteesContext): Result {
    return completeStep(context, input)
  }

  @Directive('@act(code: "committee.ledger.feed_back")')
  @Directive('@authenticated')
  @Mutation(() => ReportFeedbackResult, { nullable: true, description: 'Record what the people concerned were told.' })
  reportFeedback(@Arg('input', () => ReportFeedbackInput) input: ReportFeedbackInput, @Ctx() context: CommitteesContext): Result {
    return reportFeedback(context, input)
  }

  @Directive('@act(code: "committee.ledger.close")')
  @Directive('@authenticated')
  @Mutation(() => CloseLedgerEntryResult, { nullable: true, description: 'Close after all steps and a last feedback.' })
  closeLedgerEntry(@Arg('input', () => CloseLedgerEntryInput) input: CloseLedgerEntryInput, @Ctx() context: CommitteesContext): Result {
    return closeLedgerEntry(context, input)
  }

  @FieldResolver(() => SuggestionStub, { nullable: true })
  suggestion(@Root() entry: LedgerEntry): SuggestionStub | null {
    return entry.suggestionId === null ? null : { id: entry.suggestionId }
  }

  @FieldResolver(() => CommunityType)
  community(@Root() entry: LedgerEntry, @Ctx() context: CommitteesContext): Promise<Community | null> {
    return context.loaders.communityById.load(entry.communityId)
  }

  @FieldResolver(() => TrafficLightEnum)
  async light(@Root() entry: LedgerEntry, @Ctx() context: CommitteesContext): Promise<TrafficLight> {
    const community = await context.loaders.communityById.load(entry.communityId)
    return lightOf(entry, context.clock.now(), community?.rules.timeZone ?? 'Asia/Shanghai')
  }
}
