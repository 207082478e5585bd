import { foldDayTotals, migrateDatabase, type MigrationReport } from '@commonhall/shared/persistence'
import { buildFederatedSchema, createParty, type Party, type PartyDeps } from '@commonhall/shared/subgraph'

import { watchPromises } from './capabilities/engagements/index.js'
import { committeeHandlers } from './capabilities/following/follow-committees.service.js'
import { residentHandlers } from './capabilities/following/follow-residents.service.js'
import { WORK_TOTALS } from './capabilities/indicators/index.js'
import { createNonprofitsContext } from './context.js'
import { ENTITIES, MIGRATIONS } from './database.js'
import { ORPHANED_TYPES, REFERENCES, RESOLVERS } from './schema.js'

export { seedNonprofits } from './seed/seed-nonprofits.js'

/** Starts the nonprofits' subgraph with its background work. */
export const createNonprofitsSubgraph = (deps: PartyDeps): Promise<Party> =>
  createParty(
    {
      name: 'nonprofits',
      entities: ENTITIES,
      resolvers: RESOLVERS,
      orphanedTypes: ORPHANED_TYPES,
      references: REFERENCES,
      instances: new Map(),
      createContext: createNonprofitsContext,
      handlers: () => ({ ...committeeHandlers, ...residentHandlers }),
      look: async (process) => (await watchPromises(process)) + (await foldDayTotals(process.database.read, WORK_TOTALS)),
    },
    deps,
  )

/** Brings the nonprofits' database to the newest form. */
export const migrateNonprofits = (options: { ownerUrl: string; appRole: string }): Promise<MigrationReport> =>
  migrateDatabase({ ...options, migrations: MIGRATIONS })

/** The SDL of this party, without a database: the contract that is committed, composed and checked against the charter. */
export const nonprofitsSdl = async (): Promise<string> =>
  (await buildFederatedSchema({ resolvers: RESOLVERS, orphanedTypes: ORPHANED_TYPES, references: {}, instances: new Map() })).sdl
