import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { CommitteeType } from '../communities/index.js'
import { SuggestionStub } from '../matters/index.js'
import type { JointConference } from './joint-conference.js'
import { JointConferenceType } from './joint-conference.type.js'

@Resolver(() => JointConferenceType)
export class JointConferenceResolver {
  @FieldResolver(() => SuggestionStub, { nullable: true })
  suggestion(@Root() conference: JointConference): SuggestionStub {
    return { id: conference.suggestionId }
  }

  @FieldResolver(() => CommitteeType)
  by(@Root() conference: JointConference, @Ctx() context: CommitteesContext): Promise<object | null> {
    return context.loaders.committeeById.load(conference.ownerPartyId)
  }
}

@Resolver(() => SuggestionStub)
export class SuggestionConferenceResolver {
  @Directive('@owner(party: COMMITTEE)')
  @FieldResolver(() => JointConferenceType, { nullable: true })
  conference(@Root() suggestion: SuggestionStub, @Ctx() context: CommitteesContext): Promise<JointConference | null> {
    return context.loaders.conferenceOfSuggestion.load(suggestion.id)
  }
}
