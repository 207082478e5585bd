import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { Community, KnownParty } from './community.js'

const COLUMNS = `id, number, name_zh as "nameZh", name_en as "nameEn", committee_id as "committeeId", time_zone as "timeZone",
  reopen_within_days as "reopenWithinDays", smallest_group as "smallestGroup", resident_count as "residentCount"`
const BY_IDS = sql('communities.by_ids', `select ${COLUMNS} from communities where id = any($1)`)
const SAVE = sql(
  'communities.save',
  `insert into communities (id, number, name_zh, name_en, committee_id, time_zone, reopen_within_days, smallest_group)
   values ($1,$2,$3,$4,$5,$6,$7,$8) on conflict on constraint communities_pk do update set number = excluded.number,
   name_zh = excluded.name_zh, name_en = excluded.name_en, committee_id = excluded.committee_id, time_zone = excluded.time_zone,
   reopen_within_days = excluded.reopen_within_days, smallest_group = excluded.smallest_group`,
)
const COUNT_MORE = sql('communities.count_more', `update communities set resident_count = resident_count + $2 where id = $1`)
const PARTIES = sql(
  'known_parties.by_ids',
  `select id, kind, name_zh as "nameZh", name_en as "nameEn" from known_parties where id = any($1)`,
)
const SAVE_PARTY = sql(
  'known_parties.save',
  `insert into known_parties (id, kind, name_zh, name_en) values ($1,$2,$3,$4)
   on conflict on constraint known_parties_pk do update set kind = excluded.kind, name_zh = excluded.name_zh, name_en = excluded.name_en`,
)

/** Communities by id, in no order; unknown ids are absent. One statement. */
export const findCommunities = (reader: SqlReader, ids: readonly string[]): Promise<Community[]> => reader.rows<Community>(BY_IDS, [ids])

/** Stores what a committee published; the count of residents is our own and stays. */
export const saveCommunity = async (tx: Tx, community: Omit<Community, 'residentCount'>): Promise<void> => {
  const { id, number, nameZh, nameEn, committeeId, timeZone, reopenWithinDays, smallestGroup } = community
  await tx.rows(SAVE, [id, number, nameZh, nameEn, committeeId, timeZone, reopenWithinDays, smallestGroup])
}

/** Counts newly registered residents. Holds the community's row until the transaction ends, so call it last. */
export const countResidents = async (tx: Tx, communityId: string, more: number): Promise<void> => {
  await tx.rows(COUNT_MORE, [communityId, more])
}

/** Parties by id, in no order; unknown ids are absent. One statement. */
export const findKnownParties = (reader: SqlReader, ids: readonly string[]): Promise<KnownParty[]> =>
  reader.rows<KnownParty>(PARTIES, [ids])

/** Stores the public name of a party of another kind. */
export const saveKnownParty = async (tx: Tx, party: KnownParty): Promise<void> => {
  await tx.rows(SAVE_PARTY, [party.id, party.kind, party.nameZh, party.nameEn])
}
