import { toConnection, type Connection } from '@commonhall/shared/loading'
import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { requireTimePage, timeKeys } from '../../page.js'
import { CommunityType, type Community } from '../communities/index.js'
import { SuggestionStub } from '../matters/index.js'
import type { LedgerEntry } from './ledger-entry.js'
import { LedgerEntryConnection, LedgerEntryType } from './ledger.type.js'

/** The ledger of each community, beside the type that owns the field. */
@Resolver(() => CommunityType)
export class CommunityLedgerResolver {
  @FieldResolver(() => LedgerEntryConnection)
  async ledger(
    @Root() community: Community,
    @Ctx() context: CommitteesContext,
    @Arg('open', () => Boolean, { nullable: true }) open?: boolean | null,
    @Arg('first', () => Int, { defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<LedgerEntry>> {
    const page = requireTimePage({ first, after }, 'led')
    const entries = await context.loaders.ledgerOfCommunity.load({ parentId: community.id, page, filter: open ?? null })
    return toConnection(entries, page, (entry) => timeKeys(entry.openedAt, entry.id))
  }
}

@Resolver(() => SuggestionStub)
export class SuggestionLedgerResolver {
  @Directive('@owner(party: COMMITTEE)')
  @FieldResolver(() => LedgerEntryType, { nullable: true })
  ledgerEntry(@Root() suggestion: SuggestionStub, @Ctx() context: CommitteesContext): Promise<LedgerEntry | null> {
    return context.loaders.ledgerEntryOfSuggestion.load(suggestion.id)
  }
}
