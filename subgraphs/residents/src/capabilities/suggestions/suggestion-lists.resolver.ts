import type { Connection } from '@commonhall/shared/loading'
import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import { CellType } from '../cells/index.js'
import { CommunityType } from '../communities/index.js'
import { ResidentType, type Resident } from '../residents/index.js'
import type { Suggestion } from './suggestion.js'
import type { FilterInput } from './suggestion-filter.js'
import { listSuggestions } from './suggestion.service.js'
import { SuggestionConnection, SuggestionFilterInput } from './suggestion.type.js'

/** The entries of a community. */
@Resolver(() => CommunityType)
export class CommunitySuggestionsResolver {
  @Directive('@owner(party: RESIDENT)')
  @FieldResolver(() => SuggestionConnection, { nullable: true })
  suggestions(
    @Root() community: { id: string },
    @Ctx() context: ResidentsContext,
    @Arg('filter', () => SuggestionFilterInput, { nullable: true }) filter?: FilterInput | null,
    @Arg('first', () => Int, { defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Suggestion>> {
    return listSuggestions(context, 'community', community.id, { filter, first, after })
  }
}

/** The entries of a cell. */
@Resolver(() => CellType)
export class CellSuggestionsResolver {
  @Directive('@owner(party: RESIDENT)')
  @FieldResolver(() => SuggestionConnection, { nullable: true })
  suggestions(
    @Root() cell: { id: string },
    @Ctx() context: ResidentsContext,
    @Arg('filter', () => SuggestionFilterInput, { nullable: true }) filter?: FilterInput | null,
    @Arg('first', () => Int, { defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Suggestion>> {
    return listSuggestions(context, 'cell', cell.id, { filter, first, after })
  }
}

/** The entries in a person's name: for the person, and for whoever handles a matter of the person. Anonymous ones are nobody's. */
@Resolver(() => ResidentType)
export class ResidentSuggestionsResolver {
  @Directive('@personal(class: OPINION)')
  @Directive('@purpose(allow: [CASE_HANDLING, SUBJECT])')
  @FieldResolver(() => SuggestionConnection, {
    nullable: true,
    description: "Entries in the person's name; an anonymous one is in nobody's, and only its follow code leads to it.",
  })
  async suggestions(
    @Root() resident: Resident,
    @Ctx() context: ResidentsContext,
    @Arg('first', () => Int, { defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Suggestion>> {
    const standing = await context.personal.open(resident, 'suggestions')
    return listSuggestions(context, standing === 'SELF' ? 'author' : 'namedAuthor', resident.id, { first, after })
  }
}
