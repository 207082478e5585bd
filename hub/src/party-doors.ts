import type { MigrationReport } from '@commonhall/shared/persistence'
import type { SubgraphName } from '@commonhall/shared/port'
import type { Party, PartyDeps } from '@commonhall/shared/subgraph'
import type { Street } from '@commonhall/street'

/** What the hub may ask of a party's package: to run it, to migrate its database, to load its part of the street. */
export interface PartyDoor {
  create(deps: PartyDeps & { readonly followSecret: string }): Promise<Party>
  migrate(options: { readonly ownerUrl: string; readonly appRole: string }): Promise<MigrationReport>
  /** Loads nothing when the database holds the fixture; returns rows by table. */
  seed(options: {
    readonly ownerUrl: string
    readonly street: Street
    readonly personaSubjects: Record<string, string>
  }): Promise<Record<string, number>>
}

const DOORS: Readonly<Record<SubgraphName, () => Promise<PartyDoor>>> = {
  government: async () => {
    const door = await import('@commonhall/government')
    return { create: door.createGovernmentSubgraph, migrate: door.migrateGovernment, seed: door.seedGovernment }
  },
  committees: async () => {
    const door = await import('@commonhall/committees')
    return { create: door.createCommitteesSubgraph, migrate: door.migrateCommittees, seed: door.seedCommittees }
  },
  nonprofits: async () => {
    const door = await import('@commonhall/nonprofits')
    return { create: door.createNonprofitsSubgraph, migrate: door.migrateNonprofits, seed: door.seedNonprofits }
  },
  residents: async () => {
    const door = await import('@commonhall/residents')
    return { create: door.createResidentsSubgraph, migrate: door.migrateResidents, seed: door.seedResidents }
  },
}

/** Loads one party's package, and only that: a worker of one party never pays for the other three. */
export const openDoor = (party: SubgraphName): Promise<PartyDoor> => DOORS[party]()
