import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { wellFormed } from '@commonhall/shared/typeid'

import type { Nonprofit } from './nonprofit.js'
import { findNonprofits } from './nonprofit.store.js'

/** Organizations by id; one statement per batch, null for an unknown one. */
export const nonprofitById = (reader: SqlReader) =>
  batchLoader<Nonprofit>(
    (ids) => findNonprofits(reader, wellFormed('npo', ids)),
    (nonprofit) => nonprofit.id,
  )
