import { migrateDatabase, type MigrationReport } from '@commonhall/shared/persistence'
import { buildFederatedSchema, createParty, type Party, type PartyDeps } from '@commonhall/shared/subgraph'

import { createResidentsContext, createResidentsProcess } from './context.js'
import { ENTITIES, MIGRATIONS } from './database.js'
import { createHandlers, lookAtTheClock } from './events.js'
import { REFERENCES, RESOLVERS } from './schema.js'

export { rebuildStages } from './capabilities/stages/index.js'
export { seedResidents, type ResidentsSeedOptions } from './seed/seed-residents.js'

/** What the residents' process is given beside what every party's is. */
export interface ResidentsDeps extends PartyDeps {
  /** From which follow codes of anonymous authors are made; at least 16 characters, the same for ever. */
  readonly followSecret: string
}

/** Starts the residents' subgraph with its background work. */
export const createResidentsSubgraph = (deps: ResidentsDeps): Promise<Party> => {
  const kept = createResidentsProcess(deps.followSecret)
  return createParty(
    {
      name: 'residents',
      publishAs: 'residents',
      entities: ENTITIES,
      resolvers: RESOLVERS,
      references: REFERENCES,
      instances: new Map(),
      createContext: (base) => createResidentsContext(base, kept),
      handlers: createHandlers,
      look: lookAtTheClock,
    },
    deps,
  )
}

/** Brings the residents' database to the newest form. */
export const migrateResidents = (options: { ownerUrl: string; appRole: string }): Promise<MigrationReport> =>
  migrateDatabase({ ...options, migrations: MIGRATIONS })

/** The SDL of this party, without a database: the contract that is committed, composed and checked against the charter. */
export const residentsSdl = async (): Promise<string> =>
  (await buildFederatedSchema({ resolvers: RESOLVERS, references: {}, instances: new Map() })).sdl
