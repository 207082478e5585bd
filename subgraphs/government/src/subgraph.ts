import { migrateDatabase, type MigrationReport } from '@commonhall/shared/persistence'
import { createParty, type Party, type PartyDeps } from '@commonhall/shared/subgraph'

import { createGovernmentContext } from './context.js'
import { ENTITIES, MIGRATIONS } from './database.js'
import { REFERENCES, RESOLVERS } from './schema.js'

/** Starts the government's subgraph with its background work. */
export const createGovernmentSubgraph = (deps: PartyDeps): Promise<Party> =>
  createParty(
    {
      name: 'government',
      entities: ENTITIES,
      resolvers: RESOLVERS,
      references: REFERENCES,
      instances: new Map(),
      createContext: createGovernmentContext,
      handlers: () => ({}),
      look: async () => 0,
    },
    deps,
  )

/** Brings the government's database to the newest form. */
export const migrateGovernment = (options: { ownerUrl: string; appRole: string }): Promise<MigrationReport> =>
  migrateDatabase({ ...options, migrations: MIGRATIONS })
