import { batchLoader, groupLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { wellFormed } from '@commonhall/shared/typeid'

import type { Engagement } from './engagement.js'
import { findEngagements, findEngagementsOfSuggestions } from './engagement.store.js'

/** Engagements by id; one statement per batch, null for an unknown one. */
export const engagementById = (reader: SqlReader) =>
  batchLoader<Engagement>(
    (ids) => findEngagements(reader, wellFormed('eng', ids)),
    (engagement) => engagement.id,
  )

/** The engagements of each suggestion, oldest first; one statement per batch, [] for a suggestion without any. */
export const engagementsOfSuggestion = (reader: SqlReader) =>
  groupLoader<Engagement>(
    (suggestionIds) => findEngagementsOfSuggestions(reader, suggestionIds),
    (engagement) => engagement.suggestionId,
  )
