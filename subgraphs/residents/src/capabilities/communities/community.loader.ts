import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { parseTypeId } from '@commonhall/shared/typeid'

import type { Community, KnownParty } from './community.js'
import { findCommunities, findKnownParties } from './community.store.js'

/** Communities by id; one statement per batch, null for an unknown or malformed id. */
export const communityById = (reader: SqlReader) =>
  batchLoader<Community>(
    (ids) =>
      findCommunities(
        reader,
        ids.filter((id) => parseTypeId(id) !== null),
      ),
    (community) => community.id,
  )

/** Departments, committees and nonprofits by id; one statement per batch, null for one that never published its name. */
export const knownPartyById = (reader: SqlReader) =>
  batchLoader<KnownParty>(
    (ids) => findKnownParties(reader, ids),
    (party) => party.id,
  )
