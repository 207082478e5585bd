import type { RefusalValue } from '@commonhall/shared/errors'
import { PartyType } from '@commonhall/shared/vocabulary'
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { CommitteeType } from '../communities/index.js'
import { FunctionItemStub, partyStub } from '../directory/index.js'
import { SuggestionStub } from '../matters/index.js'
import type { Triage } from './triage.js'
import { triageSuggestion } from './triage.service.js'
import { TriageSuggestionInput, TriageSuggestionResult, TriageType } from './triage.type.js'

@Resolver(() => TriageType)
export class TriageResolver {
  @Directive('@act(code: "committee.suggestion.triage")')
  @Directive('@authenticated')
  @Mutation(() => TriageSuggestionResult, {
    nullable: true,
    description: 'Route a suggestion; the answer clock of the addressed party starts.',
  })
  triageSuggestion(
    @Arg('input', () => TriageSuggestionInput) input: TriageSuggestionInput,
    @Ctx() context: CommitteesContext,
  ): Promise<Triage | RefusalValue> {
    return triageSuggestion(context, input)
  }

  @FieldResolver(() => SuggestionStub, { nullable: true })
  suggestion(@Root() triage: Triage): SuggestionStub {
    return { id: triage.suggestionId }
  }

  @FieldResolver(() => CommitteeType)
  by(@Root() triage: Triage, @Ctx() context: CommitteesContext): Promise<object | null> {
    return context.loaders.committeeById.load(triage.ownerPartyId)
  }

  @FieldResolver(() => [PartyType], { nullable: 'items' })
  to(@Root() triage: Triage): PartyType[] {
    return triage.to.map(({ kind, id }) => partyStub(kind, id))
  }

  @FieldResolver(() => FunctionItemStub, { nullable: true })
  functionItem(@Root() triage: Triage): FunctionItemStub | null {
    return triage.functionItem === null ? null : { id: triage.functionItem }
  }

  @FieldResolver(() => SuggestionStub, { nullable: true })
  duplicateOf(@Root() triage: Triage): SuggestionStub | null {
    return triage.duplicateOf === null ? null : { id: triage.duplicateOf }
  }

  @FieldResolver(() => TriageType, { nullable: true })
  async supersedes(@Root() triage: Triage, @Ctx() context: CommitteesContext): Promise<Triage | null> {
    return triage.supersedes === null ? null : context.loaders.triageById.load(triage.supersedes)
  }
}

@Resolver(() => SuggestionStub)
export class SuggestionTriageResolver {
  @Directive('@owner(party: COMMITTEE)')
  @FieldResolver(() => TriageType, { nullable: true })
  triage(@Root() suggestion: SuggestionStub, @Ctx() context: CommitteesContext): Promise<Triage | null> {
    return context.loaders.triageOfSuggestion.load(suggestion.id)
  }

  @Directive('@owner(party: COMMITTEE)')
  @FieldResolver(() => [TriageType], { nullable: true })
  triageHistory(@Root() suggestion: SuggestionStub, @Ctx() context: CommitteesContext): Promise<readonly Triage[]> {
    return context.loaders.triageHistory.load(suggestion.id)
  }
}
