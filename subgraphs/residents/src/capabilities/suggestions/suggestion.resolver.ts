import { roundPoint } from '@commonhall/shared/geo'
import type { Connection } from '@commonhall/shared/loading'
import { GeoJsonScalar } from '@commonhall/shared/scalars'
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import { CellType } from '../cells/index.js'
import { CommitteeType, CommunityType } from '../communities/index.js'
import { ResidentType, type Resident } from '../residents/index.js'
import type { Suggestion } from './suggestion.js'
import type { FilterInput } from './suggestion-filter.js'
import { listSuggestions } from './suggestion.service.js'
import { AssentType, SuggestionConnection, SuggestionFilterInput, SuggestionType } from './suggestion.type.js'

@Resolver(() => SuggestionType)
export class SuggestionResolver {
  @Query(() => SuggestionType, { nullable: true, description: 'By id or by public number; exactly one of them.' })
  async suggestion(
    @Ctx() context: ResidentsContext,
    @Arg('id', () => ID, { nullable: true }) id?: string | null,
    @Arg('number', () => String, { nullable: true }) number?: string | null,
  ): Promise<Suggestion | null> {
    if (typeof id === 'string' && typeof number !== 'string') return context.loaders.suggestionById.load(id)
    return typeof number === 'string' && typeof id !== 'string' ? context.loaders.suggestionByNumber(number) : null
  }

  @Query(() => SuggestionConnection, { nullable: true, description: 'Newest first.' })
  suggestions(
    @Ctx() context: ResidentsContext,
    @Arg('community', () => ID, { nullable: true }) community?: string | null,
    @Arg('filter', () => SuggestionFilterInput, { nullable: true }) filter?: FilterInput | null,
    @Arg('first', () => Int, { defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Suggestion>> {
    return listSuggestions(context, typeof community === 'string' ? 'community' : 'street', community ?? '', { filter, first, after })
  }

  @FieldResolver(() => String, { nullable: true })
  async text(@Root() suggestion: Suggestion, @Ctx() context: ResidentsContext): Promise<string | null> {
    if (!suggestion.textCleared) await context.personal.openOf(suggestion, 'text')
    return suggestion.text
  }

  @FieldResolver(() => GeoJsonScalar, { nullable: true })
  async place(@Root() suggestion: Suggestion, @Ctx() context: ResidentsContext): Promise<unknown> {
    const isHandler = await context.personal.isOpenOf(suggestion, 'place')
    if (!isHandler && !suggestion.textCleared) await context.personal.openOf(suggestion, 'place')
    if (suggestion.longitude === null || suggestion.latitude === null) return null
    const exact = [suggestion.longitude, suggestion.latitude] as const
    return { type: 'Point', coordinates: isHandler ? exact : roundPoint(exact) }
  }

  @FieldResolver(() => String, { nullable: true })
  async address(@Root() suggestion: Suggestion, @Ctx() context: ResidentsContext): Promise<string | null> {
    // Who clears a text for public lists has not published where he or she lives; the public's place is rounded for the same reason.
    await context.personal.openOf(suggestion, 'place')
    return suggestion.address
  }

  @FieldResolver(() => CommunityType, { nullable: true })
  community(@Root() suggestion: Suggestion): { id: string } {
    return { id: suggestion.communityId }
  }

  @FieldResolver(() => CellType, { nullable: true })
  cell(@Root() suggestion: Suggestion): { id: string } | null {
    return suggestion.cellId === null ? null : { id: suggestion.cellId }
  }

  @FieldResolver(() => ResidentType, { nullable: true, description: 'Null when anonymous to the reader, and always for the public.' })
  async author(@Root() suggestion: Suggestion, @Ctx() context: ResidentsContext): Promise<Resident | null> {
    if (suggestion.authorId === null || !(await context.personal.maySeeAuthor(suggestion))) return null
    return context.loaders.residentById.load(suggestion.authorId)
  }

  @FieldResolver(() => CommitteeType, { nullable: true, description: 'Whose clerk or cadre typed it, when not the author.' })
  enteredBy(@Root() suggestion: Suggestion): { id: string } | null {
    return suggestion.enteredBy === null ? null : { id: suggestion.enteredBy }
  }

  @FieldResolver(() => AssentType, {
    nullable: true,
    description: 'Present when entered on behalf of the author, for author and handlers.',
  })
  async assent(@Root() suggestion: Suggestion, @Ctx() context: ResidentsContext): Promise<AssentType | null> {
    const { assentForm: form, assentAt: at, assentWitness: witness } = suggestion
    if (form === null || at === null || !(await context.personal.isOpenOf(suggestion, 'place'))) return null
    return { form, at, witness }
  }

  @FieldResolver(() => SuggestionType, {
    nullable: true,
    description: "Set by the residents' subgraph when a committee found a duplicate and nobody contested in time.",
  })
  mergedInto(@Root() suggestion: Suggestion, @Ctx() context: ResidentsContext): Promise<Suggestion | null> | null {
    return suggestion.mergedInto === null ? null : context.loaders.suggestionById.load(suggestion.mergedInto)
  }
}
