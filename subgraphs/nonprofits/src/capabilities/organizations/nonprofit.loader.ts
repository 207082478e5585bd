import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import type { Nonprofit } from './nonprofit.js'
import { findNonprofits } from './nonprofit.store.js'

/** Organizations by well-formed id; one statement per batch, null for an unknown one. */
export const nonprofitById = (reader: SqlReader) =>
  batchLoader<Nonprofit>(
    (ids) => findNonprofits(reader, ids),
    (nonprofit) => nonprofit.id,
  )
