import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { KnownFunction } from './known-function.js'
import type { KnownParty } from './known-party.js'

const PARTIES = sql(
  'known_parties.by_ids',
  `select id, kind, form, community_id as "communityId", name_zh as "nameZh", name_en as "nameEn" from known_parties where id = any($1)`,
)
const KEEP_PARTY = sql(
  'known_parties.keep',
  `insert into known_parties (id, kind, form, community_id, name_zh, name_en) values ($1, $2, $3, $4, $5, $6)
   on conflict on constraint known_parties_pk do update set form = excluded.form, community_id = excluded.community_id,
     name_zh = coalesce(excluded.name_zh, known_parties.name_zh), name_en = coalesce(excluded.name_en, known_parties.name_en)`,
)
const FUNCTIONS = sql(
  'known_functions.by_ids',
  `select id, code, list, owner, respond_within_days as "respondWithinDays", resolve_within_days as "resolveWithinDays", clock
   from known_functions where id = any($1)`,
)
const KEEP_FUNCTION = sql(
  'known_functions.keep',
  `insert into known_functions (id, code, list, owner, respond_within_days, resolve_within_days, clock) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict on constraint known_functions_pk do update set code = excluded.code, list = excluded.list, owner = excluded.owner,
     respond_within_days = excluded.respond_within_days, resolve_within_days = excluded.resolve_within_days, clock = excluded.clock`,
)

/** Parties by id, in no order; unknown ids are absent. One statement. */
export const findKnownParties = (reader: SqlReader, ids: readonly string[]): Promise<KnownParty[]> =>
  reader.rows<KnownParty>(PARTIES, [ids])

/** Remembers a party as its last event told of it. */
export const keepKnownParty = async (tx: Tx, party: KnownParty): Promise<void> => {
  await tx.rows(KEEP_PARTY, [party.id, party.kind, party.form, party.communityId, party.nameZh, party.nameEn])
}

/** One line of the function list, or null. */
export const findKnownFunction = async (reader: SqlReader, id: string): Promise<KnownFunction | null> =>
  (await reader.rows<KnownFunction>(FUNCTIONS, [[id]]))[0] ?? null

/** Remembers a line of the function list as its last event told of it. */
export const keepKnownFunction = async (tx: Tx, item: KnownFunction): Promise<void> => {
  const { id, code, list, owner, respondWithinDays, resolveWithinDays, clock } = item
  await tx.rows(KEEP_FUNCTION, [id, code, list, owner, respondWithinDays, resolveWithinDays, clock])
}
