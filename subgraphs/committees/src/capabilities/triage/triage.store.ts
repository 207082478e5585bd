import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import { TriageRow } from './triage.entity.js'
import type { Addressee, Triage } from './triage.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", suggestion_id as "suggestionId", community_id as "communityId", channel, route,
  to_kinds as "toKinds", to_ids as "toIds", function_item as "functionItem", duplicate_of as "duplicateOf", note, round, supersedes, at,
  answer_by as "answerBy", minutes_to_triage as "minutesToTriage"`
const BY_IDS = sql('triages.by_ids', `select ${COLUMNS} from triages where id = any($1)`)
const LATEST = sql(
  'triages.latest',
  `select t.* from unnest($1::text[]) as s(id) cross join lateral (
     select ${COLUMNS} from triages where suggestion_id = s.id order by round desc limit 1) t`,
)
const HISTORY = sql('triages.history', `select ${COLUMNS} from triages where suggestion_id = any($1) order by suggestion_id, round desc`)
const LEADS_TO = sql(
  'triages.leads_to',
  `with recursive chain(id, step) as (
     select $1::text, 0
     union all
     select t.duplicate_of, chain.step + 1 from chain cross join lateral (
       select route, duplicate_of from triages where suggestion_id = chain.id order by round desc limit 1) t
     where t.route = 'DUPLICATE' and chain.step < 50)
   select 1 as found from chain where id = $2 limit 1`,
)

type StoredTriage = Omit<Triage, 'to'> & { readonly toKinds: readonly Addressee['kind'][]; readonly toIds: readonly string[] }

const toTriage = ({ toKinds, toIds, ...rest }: StoredTriage): Triage => ({
  ...rest,
  to: toIds.map((id, place) => ({ kind: toKinds[place] ?? 'GOVERNMENT', id })),
})

/** Triages by id, in no order; unknown ids are absent. One statement. */
export const findTriages = async (reader: SqlReader, ids: readonly string[]): Promise<Triage[]> =>
  (await reader.rows<StoredTriage>(BY_IDS, [ids])).map(toTriage)

/** The triage in force of each suggestion that has one. One statement. */
export const findLatestTriages = async (reader: SqlReader, suggestionIds: readonly string[]): Promise<Triage[]> =>
  (await reader.rows<StoredTriage>(LATEST, [suggestionIds])).map(toTriage)

/** All triages of each suggestion, the one in force first. One statement. */
export const findTriageHistory = async (reader: SqlReader, suggestionIds: readonly string[]): Promise<Triage[]> =>
  (await reader.rows<StoredTriage>(HISTORY, [suggestionIds])).map(toTriage)

/** Whether a suggestion is itself routed, over however many steps, as a duplicate of another one. */
export const isDuplicateOf = async (reader: SqlReader, suggestionId: string, otherId: string): Promise<boolean> =>
  (await reader.rows(LEADS_TO, [suggestionId, otherId])).length > 0

/** Stores a new triage. `triages_round_once` and `triages_superseded_once` let only one follow another. */
export const saveTriage = async (tx: Tx, { to, ...triage }: Triage): Promise<void> => {
  await tx.manager.insert(TriageRow, { ...triage, toKinds: to.map(({ kind }) => kind), toIds: to.map(({ id }) => id) })
}
