import { foldDayTotals, migrateDatabase, type MigrationReport } from '@commonhall/shared/persistence'
import { buildFederatedSchema, createParty, type Party, type PartyDeps } from '@commonhall/shared/subgraph'

import { watchPromises } from './capabilities/cases/watch-promises.service.js'
import { committeeHandlers } from './capabilities/following/follow-committees.service.js'
import { residentHandlers } from './capabilities/following/follow-residents.service.js'
import { RESPONSIVENESS_TOTALS } from './capabilities/responsiveness/index.js'
import { createGovernmentContext } from './context.js'
import { ENTITIES, MIGRATIONS } from './database.js'
import { ORPHANED_TYPES, REFERENCES, RESOLVERS } from './schema.js'

/** Starts the government's subgraph with its background work. */
export const createGovernmentSubgraph = (deps: PartyDeps): Promise<Party> =>
  createParty(
    {
      name: 'government',
      entities: ENTITIES,
      resolvers: RESOLVERS,
      orphanedTypes: ORPHANED_TYPES,
      references: REFERENCES,
      instances: new Map(),
      createContext: createGovernmentContext,
      handlers: () => ({ ...committeeHandlers, ...residentHandlers }),
      look: async (process) => (await watchPromises(process)) + (await foldDayTotals(process.database.read, RESPONSIVENESS_TOTALS)),
    },
    deps,
  )

/** Brings the government's database to the newest form. */
export const migrateGovernment = (options: { ownerUrl: string; appRole: string }): Promise<MigrationReport> =>
  migrateDatabase({ ...options, migrations: MIGRATIONS })

/** The SDL of this party, without a database: the contract that is committed, composed and checked against the charter. */
export const governmentSdl = async (): Promise<string> =>
  (await buildFederatedSchema({ resolvers: RESOLVERS, orphanedTypes: ORPHANED_TYPES, references: {}, instances: new Map() })).sdl

export { seedGovernment } from './seed/seed-government.js'
