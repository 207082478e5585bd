import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import { lookUp } from '../../ids.js'
import type { Committee } from './committee.js'
import type { Community } from './community.js'
import { findCommittees, findCommunities } from './community.store.js'

/** Communities by id; one statement per batch, null for an unknown one. */
export const communityById = (reader: SqlReader) =>
  batchLoader<Community>(
    lookUp('com', (ids) => findCommunities(reader, ids)),
    (community) => community.id,
  )

/** Committees by id; one statement per batch, null for an unknown one. */
export const committeeById = (reader: SqlReader) =>
  batchLoader<Committee>(
    lookUp('cmt', (ids) => findCommittees(reader, ids)),
    (committee) => committee.id,
  )
