import { createCommitteesSubgraph, migrateCommittees, seedCommittees } from '@commonhall/committees'
import { createGovernmentSubgraph, migrateGovernment, seedGovernment } from '@commonhall/government'
import { createNonprofitsSubgraph, migrateNonprofits, seedNonprofits } from '@commonhall/nonprofits'
import { createResidentsSubgraph, migrateResidents, seedResidents } from '@commonhall/residents'

const followSecret = 'a follow secret of the benchmark'

/** The four parties as the hub starts them. */
export const PARTIES = {
  government: { create: createGovernmentSubgraph, migrate: migrateGovernment, seed: seedGovernment },
  committees: { create: createCommitteesSubgraph, migrate: migrateCommittees, seed: seedCommittees },
  nonprofits: { create: createNonprofitsSubgraph, migrate: migrateNonprofits, seed: seedNonprofits },
  residents: { create: (deps) => createResidentsSubgraph({ ...deps, followSecret }), migrate: migrateResidents, seed: seedResidents },
}
