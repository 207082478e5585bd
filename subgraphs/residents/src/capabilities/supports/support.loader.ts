import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import { findSupported } from './support.store.js'

/** Suggestions that a resident supports, by id; one statement per batch, null for one that is not supported. */
export const supportedBy = (reader: SqlReader, residentId: string) =>
  batchLoader(
    (ids) => findSupported(reader, residentId, ids),
    ({ id }) => id,
  )
