import type { Page } from '@commonhall/shared/loading'
import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'
import { promiseFromJson, promiseToJson, type PromiseJson } from '@commonhall/shared/time'

import { byParent } from '../../page.js'
import { LedgerEntryRow } from './ledger-entry.entity.js'
import type { FeedbackReport, LedgerEntry, ScheduleStep } from './ledger-entry.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", community_id as "communityId", suggestion_id as "suggestionId", title, promise,
  feedback_every_days as "feedbackEveryDays", schedule, feedback, opened_at as "openedAt", closed_at as "closedAt"`
const BY_IDS = sql('ledger_entries.by_ids', `select ${COLUMNS} from ledger_entries where id = any($1)`)
const LOCK = sql('ledger_entries.lock', `select ${COLUMNS} from ledger_entries where id = $1 for update`)
const LATEST = sql(
  'ledger_entries.latest',
  `select distinct on (suggestion_id) ${COLUMNS} from ledger_entries where suggestion_id = any($1) order by suggestion_id, (closed_at is null) desc,
     opened_at desc, id desc`,
)
const OF_COMMUNITIES = sql(
  'ledger_entries.of_communities',
  `select e.* from unnest($1::text[]) as c(id) cross join lateral (
     select ${COLUMNS} from ledger_entries
     where community_id = c.id and (opened_at, id) < (coalesce($2::timestamptz, 'infinity'), coalesce($3::text, ''))
       and ($4::boolean is null or (closed_at is null) = $4)
     order by opened_at desc, id desc limit $5) e`,
)
const UPDATE = sql(
  'ledger_entries.update',
  `update ledger_entries set promise = $2, schedule = $3, feedback = $4, closed_at = $5 where id = $1`,
)

interface StoredStep extends Omit<ScheduleStep, 'doneAt'> {
  readonly doneAt: string | null
}
interface StoredReport extends Omit<FeedbackReport, 'at'> {
  readonly at: string
}
type Stored = Omit<LedgerEntry, 'promise' | 'schedule' | 'feedback'> & {
  readonly promise: PromiseJson | null
  readonly schedule: readonly StoredStep[]
  readonly feedback: readonly StoredReport[]
}

const toEntry = (row: Stored): LedgerEntry => ({
  ...row,
  promise: row.promise === null ? null : promiseFromJson(row.promise),
  schedule: row.schedule.map((step) => ({ ...step, doneAt: step.doneAt === null ? null : new Date(step.doneAt) })),
  feedback: row.feedback.map((report) => ({ ...report, at: new Date(report.at) })),
})

/** Entries by id, in no order; unknown ids are absent. One statement. */
export const findLedgerEntries = async (reader: SqlReader, ids: readonly string[]): Promise<LedgerEntry[]> =>
  (await reader.rows<Stored>(BY_IDS, [ids])).map(toEntry)

/** The latest entry of each suggestion that has one. One statement. */
export const findLatestEntries = async (reader: SqlReader, suggestionIds: readonly string[]): Promise<LedgerEntry[]> =>
  (await reader.rows<Stored>(LATEST, [suggestionIds])).map(toEntry)

/** A page of each community's ledger, newest first, `limit + 1` of each; `isOpen` null shows all. One statement. */
export const pageLedger = async (
  reader: SqlReader,
  communityIds: readonly string[],
  page: Page,
  isOpen: boolean | null,
): Promise<Map<string, LedgerEntry[]>> => {
  const [openedAt, id] = page.after ?? [null, null]
  const rows = await reader.rows<Stored>(OF_COMMUNITIES, [communityIds, openedAt, id, isOpen, page.limit + 1])
  return byParent(rows.map(toEntry), (entry) => entry.communityId)
}

/** The entry, held until the transaction ends; null when unknown or another committee's. */
export const lockEntry = async (tx: Tx, id: string): Promise<LedgerEntry | null> =>
  (await tx.rows<Stored>(LOCK, [id])).map(toEntry)[0] ?? null

const jsonOf = (entry: LedgerEntry) => ({
  promise: entry.promise === null ? null : promiseToJson(entry.promise),
  schedule: entry.schedule,
  feedback: entry.feedback,
})

/** Stores a new entry. The constraint `ledger_entries_open_once` lets one be open per suggestion. */
export const saveEntry = async (tx: Tx, entry: LedgerEntry): Promise<void> => {
  const { promise, schedule, feedback } = jsonOf(entry)
  await tx.manager.insert(LedgerEntryRow, { ...entry, promise, schedule: [...schedule], feedback: [...feedback] })
}

/** Stores promise, schedule, feedback and end of an entry. */
export const updateEntry = async (tx: Tx, entry: LedgerEntry): Promise<void> => {
  const { promise, schedule, feedback } = jsonOf(entry)
  const promiseJson = promise === null ? null : JSON.stringify(promise)
  await tx.rows(UPDATE, [entry.id, promiseJson, JSON.stringify(schedule), JSON.stringify(feedback), entry.closedAt])
}
