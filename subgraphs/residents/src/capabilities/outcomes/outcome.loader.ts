import { batchLoader, groupLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import type { Outcome, Reopening } from './outcome.js'
import { findOutcomes, findReopenings } from './outcome.store.js'

/** The outcome of each suggestion; one statement per batch, null for an unrated one. */
export const outcomeOf = (reader: SqlReader) =>
  batchLoader<Outcome>(
    (ids) => findOutcomes(reader, ids),
    (outcome) => outcome.suggestionId,
  )

/** The reopenings of each suggestion, oldest first; one statement per batch. */
export const reopeningsOf = (reader: SqlReader) =>
  groupLoader<Reopening>(
    (ids) => findReopenings(reader, ids),
    (reopening) => reopening.suggestionId,
  )
