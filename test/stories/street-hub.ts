import { createCommitteesSubgraph, migrateCommittees, seedCommittees } from '@commonhall/committees'
import { createGateway } from '@commonhall/gateway'
import { createGovernmentSubgraph, migrateGovernment, seedGovernment } from '@commonhall/government'
import { startTestHub, type PartyFactories, type TestHub, type TestPersona } from '@commonhall/harness'
import { createNonprofitsSubgraph, migrateNonprofits, seedNonprofits } from '@commonhall/nonprofits'
import { createResidentsSubgraph, migrateResidents, seedResidents } from '@commonhall/residents'
import { createStreet, type Street } from '@commonhall/street'

/** The instant at which stories begin: a Monday morning in Chongqing. */
export const STORY_NOW = new Date('2026-03-02T02:00:00Z')

/** The people of the stories, each with a foreign counterpart. */
export type Cast = Readonly<
  Record<
    | 'resident'
    | 'neighbour'
    | 'residentOfOther'
    | 'clerk'
    | 'cadre'
    | 'cadreOfOther'
    | 'officer'
    | 'officerOfOther'
    | 'worker'
    | 'workerOfOther'
    | 'auditor',
    TestPersona
  >
>

/** The street's personas as the identity provider knows them. */
export const castOf = (street: Street): Cast => {
  const { personas } = street
  const post = (
    name: 'clerk' | 'cadre' | 'cadreOfOther' | 'officer' | 'officerOfOther' | 'worker' | 'workerOfOther',
    role: 'clerk' | 'cadre' | 'officer' | 'worker',
  ): TestPersona => ({
    subject: name,
    posts: [{ kind: personas[name].kind, partyId: personas[name].id, role }],
  })
  return {
    resident: { subject: 'resident', isResident: true },
    neighbour: { subject: 'neighbour', isResident: true },
    residentOfOther: { subject: 'residentOfOther', isResident: true },
    clerk: post('clerk', 'clerk'),
    cadre: post('cadre', 'cadre'),
    cadreOfOther: post('cadreOfOther', 'cadre'),
    officer: post('officer', 'officer'),
    officerOfOther: post('officerOfOther', 'officer'),
    worker: post('worker', 'worker'),
    workerOfOther: post('workerOfOther', 'worker'),
    auditor: { subject: 'auditor', isAuditor: true },
  }
}

/** A hub on a small street, and the street itself. Cost: about 3 s. */
export const startStreetHub = async (
  options: { scale?: number; now?: Date; isSplit?: boolean } = {},
): Promise<{ hub: TestHub; street: Street; cast: Cast }> => {
  const now = options.now ?? STORY_NOW
  const street = createStreet({ anchor: now, scale: options.scale ?? 0.02 })
  const parties: PartyFactories = {
    government: { migrate: migrateGovernment, create: createGovernmentSubgraph, seed: (at) => seedGovernment({ ...at, street }) },
    committees: { migrate: migrateCommittees, create: createCommitteesSubgraph, seed: (at) => seedCommittees({ ...at, street }) },
    nonprofits: { migrate: migrateNonprofits, create: createNonprofitsSubgraph, seed: (at) => seedNonprofits({ ...at, street }) },
    residents: {
      migrate: migrateResidents,
      create: (deps) => createResidentsSubgraph({ ...deps, followSecret: 'a follow secret of the tests' }),
      seed: (at) => seedResidents({ ...at, street }),
    },
  }
  const personas = { resident: 'resident', neighbour: 'neighbour', residentOfOther: 'residentOfOther' }
  return { hub: await startTestHub({ parties, createGateway, now, personas, isSplit: options.isSplit }), street, cast: castOf(street) }
}
