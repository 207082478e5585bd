import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'
import { promiseFromJson, promiseToJson, type PromiseJson } from '@commonhall/shared/time'
import { wellFormed } from '@commonhall/shared/typeid'

import { CaseHandlingRow } from './case-handling.entity.js'
import { watchAt, type CaseHandling, type LapsedWhy } from './case-handling.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", suggestion_id as "suggestionId", community_id as "communityId",
  inbox_item_id as "inboxItemId", triage_id as "triageId", verdict, reason, explanation, suggested_owner_id as "suggestedOwnerId", promise,
  resolution, resolved_at as "resolvedAt", cost_amount::text as "costAmount", cost_currency as "costCurrency", at,
  lapsed_at as "lapsedAt", lapsed_why as "lapsedWhy", due_told_for as "dueToldFor", broken_told_for as "brokenToldFor"`
const BY_IDS = sql('case_handlings.by_ids', `select ${COLUMNS} from case_handlings where id = any($1)`)
const OF_SUGGESTIONS = sql(
  'case_handlings.of_suggestions',
  `select ${COLUMNS} from case_handlings where suggestion_id = any($1) order by at, id`,
)
const LOCK = sql('case_handlings.lock', `select ${COLUMNS} from case_handlings where id = $1 for update`)
const LAPSE = sql(
  'case_handlings.lapse',
  `update case_handlings set lapsed_at = $2, lapsed_why = $3, watch_at = null
   where suggestion_id = $1 and owner_party_id = $4 and verdict = 'ACCEPTED' and resolved_at is null and lapsed_at is null`,
)
const WATCHED_DEPARTMENTS = sql(
  'case_handlings.watched_departments',
  `select distinct owner_party_id as id from case_handlings where watch_at < $1 order by 1`,
)
const LOCK_WATCHED = sql(
  'case_handlings.lock_watched',
  `select ${COLUMNS} from case_handlings where owner_party_id = $1 and watch_at < $2 order by watch_at, id limit $3 for update skip locked`,
)

type Selected = Omit<CaseHandling, 'promise' | 'cost'> & {
  readonly promise: PromiseJson | null
  readonly costAmount: string | null
  readonly costCurrency: string | null
}

const toHandling = ({ promise, costAmount, costCurrency, ...row }: Selected): CaseHandling => ({
  ...row,
  promise: promise === null ? null : promiseFromJson(promise),
  cost: costAmount === null || costCurrency === null ? null : { amount: costAmount, currency: costCurrency },
})

const select = async (reader: SqlReader, ...[statement, values]: Parameters<SqlReader['rows']>): Promise<CaseHandling[]> =>
  (await reader.rows<Selected>(statement, values)).map(toHandling)

/** The stored form of a handling; the columns beside the promise are what statements select and count on. */
export const toHandlingRow = ({ promise, cost, ...handling }: CaseHandling): CaseHandlingRow => ({
  ...handling,
  promise: promise === null ? null : promiseToJson(promise),
  firstDueAt: promise?.firstDueAt ?? null,
  dueAt: promise?.dueAt ?? null,
  keptAt: promise?.keptAt ?? null,
  extensionCount: promise?.extensions.length ?? 0,
  costAmount: cost?.amount ?? null,
  costCurrency: cost?.currency ?? null,
  watchAt: watchAt({ ...handling, promise, cost }),
})

/** Handlings by id, in no order; unknown ids are absent. One statement. */
export const findCaseHandlings = (reader: SqlReader, ids: readonly string[]): Promise<CaseHandling[]> => select(reader, BY_IDS, [ids])

/** All answers of departments to these suggestions, oldest first. One statement. */
export const findCaseHandlingsOf = (reader: SqlReader, suggestionIds: readonly string[]): Promise<CaseHandling[]> =>
  select(reader, OF_SUGGESTIONS, [suggestionIds])

/** A handling of the department for which the transaction acts, locked until it ends; null for one of another department, or none. */
export const lockCaseHandling = async (tx: Tx, id: string): Promise<CaseHandling | null> => (await select(tx, LOCK, [id]))[0] ?? null

/**
 * The handling that an officer names: locked when it is of the department for which the transaction acts, only read when it is another
 * department's (so that a policy can say whose it is); null for none, and for an id that is none.
 */
export const lockForFollowUp = async (tx: Tx, id: string): Promise<CaseHandling | null> => {
  if (wellFormed('csh', [id]).length === 0) return null
  return (await lockCaseHandling(tx, id)) ?? (await findCaseHandlings(tx, [id]))[0] ?? null
}

/** Stores a new answer. */
export const addCaseHandling = async (tx: Tx, handling: CaseHandling): Promise<void> => {
  await tx.manager.insert(CaseHandlingRow, toHandlingRow(handling))
}

/** Stores what became of a locked handling; the watcher's next look follows from it. */
export const saveCaseHandling = async (tx: Tx, handling: CaseHandling): Promise<void> => {
  const { id, ...row } = toHandlingRow(handling)
  await tx.manager.update(CaseHandlingRow, { id }, row)
}

/** Ends what a department still owes on a suggestion that is over. */
export const lapseCaseHandlings = async (
  tx: Tx,
  lapse: { readonly suggestionId: string; departmentId: string; at: Date; why: LapsedWhy },
): Promise<void> => {
  await tx.rows(LAPSE, [lapse.suggestionId, lapse.at, lapse.why, lapse.departmentId])
}

/** Departments of which the clock has something to tell. One statement on a small index: what it costs is what there is to tell. */
export const findWatchedDepartments = async (reader: SqlReader, now: Date): Promise<string[]> =>
  (await reader.rows<{ id: string }>(WATCHED_DEPARTMENTS, [now])).map(({ id }) => id)

/** Up to `limit` handlings of a department that are due for a look, locked; those that another watcher holds are left to it. */
export const lockWatched = (tx: Tx, departmentId: string, now: Date, limit: number): Promise<CaseHandling[]> =>
  select(tx, LOCK_WATCHED, [departmentId, now, limit])
