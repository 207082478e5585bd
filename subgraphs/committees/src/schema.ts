import { parseTypeId } from '@commonhall/shared/typeid'
import { PromiseResolver, RefusalResolver } from '@commonhall/shared/vocabulary'

import { BuildingResolver, CellBuildingsResolver } from './capabilities/buildings/building.resolver.js'
import { CommitteeResolver, CommunityResolver } from './capabilities/communities/community.resolver.js'
import { JointConferenceResolver, SuggestionConferenceResolver } from './capabilities/conferences/joint-conference.resolver.js'
import { DeskResolver } from './capabilities/desk/desk.resolver.js'
import { DeskLiveResolver } from './capabilities/desk/desk-live.resolver.js'
import { DepartmentStub, NonprofitStub } from './capabilities/directory/foreign.type.js'
import { CellGridResolver, VisitResolver } from './capabilities/grid/grid.resolver.js'
import { GridImportFaultResolver, GridImportResolver } from './capabilities/grid-import/grid-import.resolver.js'
import { CommunityGridResolver } from './capabilities/grid-indicator/grid-indicator.resolver.js'
import { CommitteeHandlingResolver, SuggestionHandlingResolver } from './capabilities/handlings/committee-handling.resolver.js'
import { CommunityLedgerResolver, SuggestionLedgerResolver } from './capabilities/ledger/ledger-lists.resolver.js'
import { LedgerEntryResolver } from './capabilities/ledger/ledger.resolver.js'
import { IndicatorsLiveResolver } from './capabilities/live/indicators-live.resolver.js'
import { CellResolver, CommunityNetsResolver, NetResolver } from './capabilities/territory/territory.resolver.js'
import { SuggestionTriageResolver, TriageResolver } from './capabilities/triage/triage.resolver.js'
import type { CommitteesContext } from './context.js'

/** Every resolver of the committees, by name: no globs. */
export const RESOLVERS = [
  RefusalResolver,
  PromiseResolver,
  CommunityResolver,
  CommitteeResolver,
  NetResolver,
  CellResolver,
  CommunityNetsResolver,
  BuildingResolver,
  CellBuildingsResolver,
  CellGridResolver,
  VisitResolver,
  CommunityGridResolver,
  GridImportResolver,
  GridImportFaultResolver,
  DeskResolver,
  DeskLiveResolver,
  IndicatorsLiveResolver,
  TriageResolver,
  SuggestionTriageResolver,
  JointConferenceResolver,
  SuggestionConferenceResolver,
  CommitteeHandlingResolver,
  SuggestionHandlingResolver,
  LedgerEntryResolver,
  CommunityLedgerResolver,
  SuggestionLedgerResolver,
] as const

/** Types that are reached through the interface `Party` alone. */
export const ORPHANED_TYPES = [DepartmentStub, NonprofitStub] as const

interface Key {
  readonly id: string
}

/** How each entity is found from its id, through the request's loaders. */
export const REFERENCES = {
  Committee: ({ id }: Key, { loaders }: CommitteesContext) => loaders.committeeById.load(id),
  Community: ({ id }: Key, { loaders }: CommitteesContext) => loaders.communityById.load(id),
  Net: ({ id }: Key, { loaders }: CommitteesContext) => loaders.netById.load(id),
  Cell: ({ id }: Key, { loaders }: CommitteesContext) => loaders.cellById.load(id),
  Building: ({ id }: Key, { loaders }: CommitteesContext) => loaders.buildingById.load(id),
  Visit: ({ id }: Key, { loaders }: CommitteesContext) => loaders.visitById.load(id),
  TriageItem: ({ id }: Key, { loaders }: CommitteesContext) => loaders.triageItemById.load(id),
  Triage: ({ id }: Key, { loaders }: CommitteesContext) => loaders.triageById.load(id),
  JointConference: ({ id }: Key, { loaders }: CommitteesContext) => loaders.conferenceById.load(id),
  CommitteeHandling: ({ id }: Key, { loaders }: CommitteesContext) => loaders.handlingById.load(id),
  LedgerEntry: ({ id }: Key, { loaders }: CommitteesContext) => loaders.ledgerEntryById.load(id),
  // The residents' record: whether it exists is theirs to say; here it has routing and handling, or nothing.
  Suggestion: ({ id }: Key) => (parseTypeId(id)?.prefix === 'sug' ? { id } : null),
}
