import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import { findHandled, findHandledAuthors, findTimelines } from './matter.store.js'
import { entriesOf } from './timeline.js'

/** Timelines by suggestion; one statement per batch, null for one without any line. */
export const timelineOf = (reader: SqlReader) =>
  batchLoader(
    async (ids) => (await findTimelines(reader, ids)).map(({ id, timeline }) => ({ id, entries: entriesOf(timeline) })),
    ({ id }) => id,
  )

/** Suggestions that a party handles, by id; one statement per batch, null for one it does not. */
export const handledBy = (reader: SqlReader, partyId: string) =>
  batchLoader(
    (ids) => findHandled(reader, partyId, ids),
    ({ id }) => id,
  )

/** Persons a named suggestion of whom a party handles, by id; one statement per batch, null for the others. */
export const authorHandledBy = (reader: SqlReader, partyId: string) =>
  batchLoader(
    (ids) => findHandledAuthors(reader, partyId, ids),
    ({ id }) => id,
  )
