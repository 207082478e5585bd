import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { Committee } from './committee.js'
import type { Community } from './community.js'

const COMMUNITY = `id, owner_party_id as "ownerPartyId", number, name_zh as "nameZh", name_en as "nameEn", boundary, census, models, rules`
const COMMITTEE = `id, community_id as "communityId", name_zh as "nameZh", name_en as "nameEn"`
const BY_IDS = sql('communities.by_ids', `select ${COMMUNITY} from communities where id = any($1)`)
const WITH = sql(
  'communities.with',
  `select ${COMMUNITY} from communities where id = any($1)
     or id in (select m.community_id from matters m where m.id = any($1)) or id in (select c.community_id from cells c where c.id = any($1))`,
)
const ALL = sql('communities.all', `select ${COMMUNITY} from communities order by number`)
const LOCK = sql('communities.lock', `select ${COMMUNITY} from communities where id = $1 for update`)
const SET_BOUNDARY = sql('communities.set_boundary', `update communities set boundary = $2 where id = $1`)
const COMMITTEES_BY_IDS = sql('committees.by_ids', `select ${COMMITTEE} from committees where id = any($1)`)

/** Communities by id, in no order; unknown ids are absent. One statement. */
export const findCommunities = (reader: SqlReader, ids: readonly string[]): Promise<Community[]> => reader.rows<Community>(BY_IDS, [ids])

/** Communities by their own ids, those of suggestions or of cells, in no order. One statement. */
export const findCommunitiesWith = (reader: SqlReader, ids: readonly string[]): Promise<Community[]> => reader.rows<Community>(WITH, [ids])

/** One community, or null. */
export const findCommunity = async (reader: SqlReader, id: string): Promise<Community | null> =>
  (await findCommunities(reader, [id]))[0] ?? null

/** All communities of the street by number: nine, so no pages. */
export const listCommunities = (reader: SqlReader): Promise<Community[]> => reader.rows<Community>(ALL)

/** The community, held against other imports until the transaction ends; null for an unknown one or one of another committee. */
export const lockCommunity = async (tx: Tx, id: string): Promise<Community | null> => (await tx.rows<Community>(LOCK, [id]))[0] ?? null

/** Redraws the outline of a community. */
export const setCommunityBoundary = async (tx: Tx, id: string, boundary: unknown): Promise<void> => {
  await tx.rows(SET_BOUNDARY, [id, JSON.stringify(boundary)])
}

/** Committees by id, in no order; unknown ids are absent. One statement. */
export const findCommittees = (reader: SqlReader, ids: readonly string[]): Promise<Committee[]> =>
  reader.rows<Committee>(COMMITTEES_BY_IDS, [ids])
