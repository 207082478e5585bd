import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import { ProgressNoteRow } from './progress-note.entity.js'

/** A note on the way of a case. */
export interface ProgressNote {
  readonly handlingId: string
  readonly at: Date
  readonly text: string
}

const OF_HANDLINGS = sql(
  'progress_notes.of_handlings',
  `select handling_id as "handlingId", at, text from progress_notes where handling_id = any($1) order by handling_id, at, id`,
)

/** Notes of these handlings, oldest first. One statement. */
export const findProgressNotes = (reader: SqlReader, handlingIds: readonly string[]): Promise<ProgressNote[]> =>
  reader.rows<ProgressNote>(OF_HANDLINGS, [handlingIds])

/** Appends a note. */
export const addProgressNote = async (tx: Tx, note: ProgressNote & { readonly ownerPartyId: string }): Promise<void> => {
  await tx.manager.insert(ProgressNoteRow, note)
}
