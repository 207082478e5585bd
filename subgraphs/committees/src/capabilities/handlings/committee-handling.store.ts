import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'
import { promiseFromJson, promiseToJson, type PromiseJson } from '@commonhall/shared/time'

import { CommitteeHandlingRow } from './committee-handling.entity.js'
import { warnAt, type CommitteeHandling } from './committee-handling.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", suggestion_id as "suggestionId", triage_id as "triageId", promise, resolution, at,
  resolved_at as "resolvedAt",
  case when resolved_at is null then (select m.withdrawn_at from matters m where m.id = suggestion_id) end as "lapsedAt"`
const BY_IDS = sql('committee_handlings.by_ids', `select ${COLUMNS} from committee_handlings where id = any($1)`)
const LATEST = sql(
  'committee_handlings.latest',
  `select h.* from unnest($1::text[]) as s(id) cross join lateral (
     select ${COLUMNS} from committee_handlings where suggestion_id = s.id
     order by (resolved_at is null) desc, at desc, id desc limit 1) h`,
)
const LOCK = sql('committee_handlings.lock', `select ${COLUMNS} from committee_handlings where id = $1 for update`)
// A new limit is told of anew.
const UPDATE = sql(
  'committee_handlings.update',
  `update committee_handlings set promise = $2, warn_at = $3, due_told = due_told and due_at = $4, broken_told = broken_told and due_at = $4,
     due_at = $4, resolution = $5, resolved_at = $6 where id = $1`,
)
// What was withdrawn is no longer owed; the index of open promises keeps the rest of the table out of the way.
const DUE = sql(
  'committee_handlings.due',
  `select ${COLUMNS} from committee_handlings h
   where resolved_at is null and not due_told and warn_at <= $1
     and not exists (select 1 from matters m where m.id = h.suggestion_id and m.withdrawn_at is not null)
   order by warn_at limit $2 for update of h skip locked`,
)
const BROKEN = sql(
  'committee_handlings.broken',
  `select ${COLUMNS} from committee_handlings h
   where resolved_at is null and not broken_told and due_at < $1
     and not exists (select 1 from matters m where m.id = h.suggestion_id and m.withdrawn_at is not null)
   order by due_at limit $2 for update of h skip locked`,
)
const TELL = sql(
  'committee_handlings.tell',
  `update committee_handlings set due_told = true, broken_told = broken_told or $2 where id = $1`,
)
const OPEN_OWNERS = sql(
  'committee_handlings.open_owners',
  `select distinct owner_party_id as owner from committee_handlings where resolved_at is null`,
)

type Stored = Omit<CommitteeHandling, 'promise'> & { readonly promise: PromiseJson }

const toHandling = (row: Stored): CommitteeHandling => ({ ...row, promise: promiseFromJson(row.promise) })

/** Handlings by id, in no order; unknown ids are absent. One statement. */
export const findHandlings = async (reader: SqlReader, ids: readonly string[]): Promise<CommitteeHandling[]> =>
  (await reader.rows<Stored>(BY_IDS, [ids])).map(toHandling)

/** The latest own handling of each suggestion that has one. One statement. */
export const findLatestHandlings = async (reader: SqlReader, suggestionIds: readonly string[]): Promise<CommitteeHandling[]> =>
  (await reader.rows<Stored>(LATEST, [suggestionIds])).map(toHandling)

/** The handling, held until the transaction ends; null when unknown or another committee's. */
export const lockHandling = async (tx: Tx, id: string): Promise<CommitteeHandling | null> =>
  (await tx.rows<Stored>(LOCK, [id])).map(toHandling)[0] ?? null

/** Stores a new handling. The constraint `committee_handlings_open_once` lets one be open per suggestion. */
export const saveHandling = async (tx: Tx, handling: CommitteeHandling): Promise<void> => {
  const { lapsedAt: _ofTheMatter, promise, ...row } = handling
  await tx.manager.insert(CommitteeHandlingRow, {
    ...row,
    promise: promiseToJson(promise),
    warnAt: warnAt(promise),
    dueAt: promise.dueAt,
  })
}

/** Stores the new promise, resolution and end of a handling. */
export const updateHandling = async (tx: Tx, { id, promise, resolution, resolvedAt }: CommitteeHandling): Promise<void> => {
  await tx.rows(UPDATE, [id, JSON.stringify(promiseToJson(promise)), warnAt(promise), promise.dueAt, resolution, resolvedAt])
}

/** Committees with an open promise; the watcher looks at each as that party, because only it may write its rows. */
export const ownersOfOpenPromises = async (reader: SqlReader): Promise<string[]> =>
  (await reader.rows<{ owner: string }>(OPEN_OWNERS)).map(({ owner }) => owner)

/** Open promises of the party of the transaction that are due soon and not told yet; held, at most `limit`. */
export const lockDue = async (tx: Tx, now: Date, limit: number): Promise<CommitteeHandling[]> =>
  (await tx.rows<Stored>(DUE, [now, limit])).map(toHandling)

/** Open promises of the party of the transaction whose limit has passed and is not told yet; held, at most `limit`. */
export const lockBroken = async (tx: Tx, now: Date, limit: number): Promise<CommitteeHandling[]> =>
  (await tx.rows<Stored>(BROKEN, [now, limit])).map(toHandling)

/** Marks that a limit was told of: as due soon, or as broken. */
export const markTold = async (tx: Tx, id: string, isBroken: boolean): Promise<void> => {
  await tx.rows(TELL, [id, isBroken])
}
