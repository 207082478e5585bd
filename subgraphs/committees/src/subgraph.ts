import { migrateDatabase, type MigrationReport } from '@commonhall/shared/persistence'
import { buildFederatedSchema, createParty, type Party, type PartyDeps } from '@commonhall/shared/subgraph'

import { HANDLERS, look } from './background.js'
import { createCellFinder } from './capabilities/territory/cell-finder.service.js'
import { committeesContexts } from './context.js'
import { ENTITIES, MIGRATIONS } from './database.js'
import { ORPHANED_TYPES, REFERENCES, RESOLVERS } from './schema.js'

export { seedCommittees } from './seed/seed-committees.js'

/** Starts the committees' subgraph with its background work. */
export const createCommitteesSubgraph = (deps: PartyDeps): Promise<Party> =>
  createParty(
    {
      name: 'committees',
      entities: ENTITIES,
      resolvers: RESOLVERS,
      orphanedTypes: ORPHANED_TYPES,
      references: REFERENCES,
      instances: new Map(),
      createContext: committeesContexts(createCellFinder()),
      handlers: () => HANDLERS,
      look,
    },
    deps,
  )

/** Brings the committees' database to the newest form. */
export const migrateCommittees = (options: { ownerUrl: string; appRole: string }): Promise<MigrationReport> =>
  migrateDatabase({ ...options, migrations: MIGRATIONS })

/** The SDL of this party, without a database: the contract that is committed, composed and checked against the charter. */
export const committeesSdl = async (): Promise<string> =>
  (await buildFederatedSchema({ resolvers: RESOLVERS, orphanedTypes: ORPHANED_TYPES, references: {}, instances: new Map() })).sdl
