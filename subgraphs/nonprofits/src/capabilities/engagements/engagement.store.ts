import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'
import { promiseFromJson, promiseToJson, type PromiseJson } from '@commonhall/shared/time'

import { EngagementRow } from './engagement.entity.js'
import type { Engagement } from './engagement.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", referral_id as "referralId", suggestion_id as "suggestionId",
  community_id as "communityId", triage_id as "triageId", verdict, reason, note, at, promise, delivery, delivered_at as "deliveredAt",
  lapsed_at as "lapsedAt", lapsed_why as "lapsedWhy", next_look_at as "nextLookAt"`
const BY_IDS = sql('engagements.by_ids', `select ${COLUMNS} from engagements where id = any($1)`)
const LOCK = sql('engagements.lock', `select ${COLUMNS} from engagements where id = $1 for update`)
const OF_SUGGESTIONS = sql(
  'engagements.of_suggestions',
  `select ${COLUMNS} from engagements where suggestion_id = any($1) order by suggestion_id, at, id`,
)
const LAPSE = sql(
  'engagements.lapse',
  `update engagements set lapsed_at = $3, lapsed_why = $4, next_look_at = null
   where suggestion_id = $1 and owner_party_id = $2 and promise is not null and delivered_at is null and lapsed_at is null`,
)
const TO_LOOK_AT = sql(
  'engagements.to_look_at',
  `select id, owner_party_id as "ownerPartyId" from engagements where next_look_at <= $1 order by next_look_at limit $2`,
)
const LOCK_TO_LOOK_AT = sql(
  'engagements.lock_to_look_at',
  `select ${COLUMNS} from engagements where id = any($1) and next_look_at <= $2 order by next_look_at for update skip locked`,
)
const LOOKED = sql('engagements.looked', `update engagements set next_look_at = $2 where id = $1`)

type Row = Omit<Engagement, 'promise'> & { readonly promise: PromiseJson | null }

const toEngagement = (row: Row): Engagement => ({ ...row, promise: row.promise === null ? null : promiseFromJson(row.promise) })

/** Engagements by id, in no order; unknown ids are absent. One statement. */
export const findEngagements = async (reader: SqlReader, ids: readonly string[]): Promise<Engagement[]> =>
  (await reader.rows<Row>(BY_IDS, [ids])).map(toEngagement)

/** The engagement, locked until the transaction ends; null when the transaction's party has none of this id. */
export const lockEngagement = async (tx: Tx, id: string): Promise<Engagement | null> => {
  const [row] = await tx.rows<Row>(LOCK, [id])
  return row === undefined ? null : toEngagement(row)
}

/** All engagements of the suggestions, oldest first within each. One statement. */
export const findEngagementsOfSuggestions = async (reader: SqlReader, suggestionIds: readonly string[]): Promise<Engagement[]> =>
  (await reader.rows<Row>(OF_SUGGESTIONS, [suggestionIds])).map(toEngagement)

/** Stores a new or changed engagement. Fails on `engagements_once_per_referral` when the referral has another answer. */
export const saveEngagement = async (tx: Tx, engagement: Engagement): Promise<void> => {
  const { promise, ...rest } = engagement
  const dates = { firstDueAt: promise?.firstDueAt ?? null, dueAt: promise?.dueAt ?? null, keptAt: promise?.keptAt ?? null }
  const row = {
    ...rest,
    ...dates,
    promise: promise === null ? null : promiseToJson(promise),
    extensionCount: promise?.extensions.length ?? 0,
  }
  await tx.manager.upsert(EngagementRow, row, ['id'])
}

/** Ends what an organization has promised about a suggestion and not delivered; the transaction must act for it. */
export const lapseEngagements = async (
  tx: Tx,
  lapse: { readonly suggestionId: string; nonprofitId: string; at: Date; why: 'WITHDRAWN' | 'MERGED' },
): Promise<void> => {
  await tx.rows(LAPSE, [lapse.suggestionId, lapse.nonprofitId, lapse.at, lapse.why])
}

/** Engagements of which time has something to tell, the longest waiting first, by organization. One statement. */
export const findToLookAt = async (reader: SqlReader, now: Date, limit: number): Promise<ReadonlyMap<string, readonly string[]>> => {
  const rows = await reader.rows<Pick<Engagement, 'id' | 'ownerPartyId'>>(TO_LOOK_AT, [now, limit])
  const byOwner = new Map<string, string[]>()
  for (const { id, ownerPartyId } of rows) byOwner.set(ownerPartyId, [...(byOwner.get(ownerPartyId) ?? []), id])
  return byOwner
}

/** Locks those of the engagements that no other watcher looks at; the transaction acts for their organization. */
export const lockToLookAt = async (tx: Tx, ids: readonly string[], now: Date): Promise<Engagement[]> =>
  (await tx.rows<Row>(LOCK_TO_LOOK_AT, [ids, now])).map(toEngagement)

/** Marks in the row itself what was told: when to look again, or never. */
export const markLooked = async (tx: Tx, id: string, nextLookAt: Date | null): Promise<void> => {
  await tx.rows(LOOKED, [id, nextLookAt])
}
