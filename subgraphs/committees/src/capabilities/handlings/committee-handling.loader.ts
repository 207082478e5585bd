import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import { lookUp } from '../../ids.js'
import type { CommitteeHandling } from './committee-handling.js'
import { findHandlings, findLatestHandlings } from './committee-handling.store.js'

/** Own handlings by id; one statement per batch. */
export const handlingById = (reader: SqlReader) =>
  batchLoader<CommitteeHandling>(
    lookUp('chd', (ids) => findHandlings(reader, ids)),
    (handling) => handling.id,
  )

/** The latest own handling of each suggestion, by suggestion; one statement per batch. */
export const handlingOfSuggestion = (reader: SqlReader) =>
  batchLoader<CommitteeHandling>(
    lookUp('sug', (ids) => findLatestHandlings(reader, ids)),
    (handling) => handling.suggestionId,
  )
