import { batchLoader } from '@commonhall/shared/loading'
import type { Database } from '@commonhall/shared/persistence'

import { lookUp } from '../../ids.js'
import { findTriageItems } from './triage-item.store.js'
import type { TriageItem } from './triage-item.js'

/** Places on the reader's own desk by id; those of another committee do not exist for it. One statement per batch, none without a post. */
export const triageItemById = (database: Database, committeeId: string | null) =>
  batchLoader<TriageItem>(
    lookUp('tri', async (ids) => (committeeId === null ? [] : database.readAs(committeeId, (reader) => findTriageItems(reader, ids)))),
    (item) => item.id,
  )
