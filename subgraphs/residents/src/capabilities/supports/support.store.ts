import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

const GIVE = sql(
  'supports.give',
  `insert into supports (suggestion_id, resident_id, at, age_band_then) values ($1,$2,$3,$4)
   on conflict on constraint supports_once_per_person do nothing returning resident_id`,
)
const TAKE_BACK = sql('supports.take_back', `delete from supports where suggestion_id = $1 and resident_id = $2 returning resident_id`)
const OF_RESIDENT = sql(
  'supports.of_resident',
  `select suggestion_id as id from supports where resident_id = $2 and suggestion_id = any($1)`,
)
const OF_SUGGESTION = sql(
  'supports.of_suggestion',
  `select resident_id as id from supports where suggestion_id = $1 order by at, resident_id`,
)
const MOVE = sql(
  'supports.move',
  `update supports set suggestion_id = $3, moved_from = coalesce(moved_from, $1) where suggestion_id = $1 and resident_id = $2
     and not exists (select 1 from supports t where t.suggestion_id = $3 and t.resident_id = $2) returning resident_id`,
)

/** Gives a support, once per person; false when it stands already. The transaction must act for the supporter. */
export const giveSupport = async (
  tx: Tx,
  support: { readonly suggestionId: string; readonly residentId: string; readonly at: Date; readonly ageBandThen: string },
): Promise<boolean> => (await tx.rows(GIVE, [support.suggestionId, support.residentId, support.at, support.ageBandThen])).length === 1

/** Takes a support back; false when there is none. The transaction must act for the supporter. */
export const takeSupportBack = async (tx: Tx, suggestionId: string, residentId: string): Promise<boolean> =>
  (await tx.rows(TAKE_BACK, [suggestionId, residentId])).length === 1

/** Which of these suggestions a resident supports; one statement. */
export const findSupported = (reader: SqlReader, residentId: string, ids: readonly string[]): Promise<{ id: string }[]> =>
  reader.rows<{ id: string }>(OF_RESIDENT, [ids, residentId])

/**
 * Moves the supports of a merged entry to its target, one per person; returns how many the target gained.
 *
 * A support of the target's own author, or of somebody who supports the target already, ends. Two or three statements per
 * supporter, since each support is its giver's row. Both entries must be locked.
 */
export const moveSupports = async (
  tx: Tx,
  fromId: string,
  target: { readonly id: string; readonly authorId: string | null },
): Promise<number> => {
  let moved = 0
  for (const { id: residentId } of await tx.rows<{ id: string }>(OF_SUGGESTION, [fromId])) {
    await tx.actFor(residentId)
    const hasMoved = residentId !== target.authorId && (await tx.rows(MOVE, [fromId, residentId, target.id])).length === 1
    if (hasMoved) moved++
    else await takeSupportBack(tx, fromId, residentId)
  }
  return moved
}
