import type { RefusalValue } from '@commonhall/shared/errors'
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import { SuggestionType, type Suggestion } from '../suggestions/index.js'
import type { Outcome, Reopening } from './outcome.js'
import { rateOutcome, reopenSuggestion } from './outcome.service.js'
import {
  OutcomeType,
  RateOutcomeInput,
  RateOutcomeResult,
  ReopeningType,
  ReopenSuggestionInput,
  ReopenSuggestionResult,
} from './outcome.type.js'

/** A record about an entry, with the entry that says who may read its words. */
type About<T> = T & { readonly of: Suggestion }

@Resolver(() => SuggestionType)
export class OutcomeResolver {
  @Directive('@act(code: "resident.suggestion.rate")')
  @Mutation(() => RateOutcomeResult, { nullable: true, description: 'Say whether it is done and how well.' })
  rateOutcome(
    @Arg('input', () => RateOutcomeInput) input: RateOutcomeInput,
    @Ctx() context: ResidentsContext,
  ): Promise<Suggestion | RefusalValue> {
    return rateOutcome(context, input)
  }

  @Directive('@act(code: "resident.suggestion.reopen")')
  @Mutation(() => ReopenSuggestionResult, { nullable: true, description: 'Within 30 days of a resolution: it is not done.' })
  reopenSuggestion(
    @Arg('input', () => ReopenSuggestionInput) input: ReopenSuggestionInput,
    @Ctx() context: ResidentsContext,
  ): Promise<Suggestion | RefusalValue> {
    return reopenSuggestion(context, input)
  }

  @FieldResolver(() => OutcomeType, { nullable: true, description: "The author's own rating; the only source of satisfaction." })
  async outcome(@Root() suggestion: Suggestion, @Ctx() context: ResidentsContext): Promise<About<Outcome> | null> {
    const outcome = await context.loaders.outcomeOf.load(suggestion.id)
    return outcome === null ? null : { ...outcome, of: suggestion }
  }

  @FieldResolver(() => [ReopeningType])
  async reopenings(@Root() suggestion: Suggestion, @Ctx() context: ResidentsContext): Promise<About<Reopening>[]> {
    return (await context.loaders.reopeningsOf.load(suggestion.id)).map((reopening) => ({ ...reopening, of: suggestion }))
  }
}

@Resolver(() => OutcomeType)
export class OutcomeCommentResolver {
  @FieldResolver(() => String, { nullable: true })
  async comment(@Root() outcome: About<Outcome>, @Ctx() context: ResidentsContext): Promise<string | null> {
    if (outcome.comment === null) return null
    await context.personal.openOf(outcome.of, 'comment')
    return outcome.comment
  }
}

@Resolver(() => ReopeningType)
export class ReopeningReasonResolver {
  @FieldResolver(() => String, { nullable: true, description: 'For the author and the handlers.' })
  async reason(@Root() reopening: About<Reopening>, @Ctx() context: ResidentsContext): Promise<string | null> {
    await context.personal.openOf(reopening.of, 'comment')
    return reopening.reason
  }
}
