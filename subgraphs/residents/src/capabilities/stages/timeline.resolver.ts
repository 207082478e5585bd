import { PartyRefType } from '@commonhall/shared/vocabulary'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import { SuggestionType, type Suggestion } from '../suggestions/index.js'
import { TimelineEntryType } from './timeline.type.js'
import type { TimelineEntry } from './timeline.js'

/** The timeline of a suggestion, across all parties. */
@Resolver(() => SuggestionType)
export class SuggestionTimelineResolver {
  @FieldResolver(() => [TimelineEntryType], { description: 'All that the four parties did, oldest first.' })
  async timeline(@Root() suggestion: Suggestion, @Ctx() context: ResidentsContext): Promise<TimelineEntry[]> {
    return (await context.loaders.timelineOf.load(suggestion.id))?.entries ?? []
  }
}

/** The party of a line, by the name it last published. */
@Resolver(() => TimelineEntryType)
export class TimelineEntryResolver {
  @FieldResolver(() => PartyRefType)
  async party(@Root() { partyKind, partyId }: TimelineEntry, @Ctx() context: ResidentsContext): Promise<PartyRefType> {
    const known = partyId === null ? null : await context.loaders.knownPartyById.load(partyId)
    const name = known === null ? null : context.actor.language === 'zh' ? known.nameZh : known.nameEn
    return { kind: partyKind, id: partyId, name }
  }
}
