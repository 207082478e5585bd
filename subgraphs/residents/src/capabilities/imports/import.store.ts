import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { ImportReport } from './import-report.js'

/** What is imported. */
export type ImportKind = 'SUGGESTION' | 'RESIDENT'

/** Whose records of which system: within it an external id names one record. */
export interface ImportScope {
  readonly communityId: string
  readonly committeeId: string
  readonly kind: ImportKind
  readonly system: string
}

/** A record of the old system and what it became. */
export interface ImportedRecord {
  readonly externalId: string
  readonly recordId: string
  readonly digest: string
}

const KNOWN = sql(
  'imported_records.known',
  `select external_id as "externalId", record_id as "recordId", digest from imported_records
   where community_id = $1 and kind = $2 and system = $3 and external_id = any($4)`,
)
// In the order of the key, so that two imports of the same rows wait for each other and never deadlock.
const CLAIM = sql(
  'imported_records.claim',
  `insert into imported_records (community_id, kind, system, owner_party_id, external_id, record_id, digest)
   select $1, $2, $3, $4, r.* from unnest($5::text[], $6::text[], $7::text[]) as r(external_id, record_id, digest) order by r.external_id
   on conflict on constraint imported_records_once do nothing returning external_id as "externalId"`,
)
const INSERT = sql(
  'imports.insert',
  `insert into imports (id, owner_party_id, kind, community_id, source, report, at) values ($1,$2,$3,$4,$5,$6,$7)`,
)
const BY_ID = sql('imports.by_id', `select report from imports where id = $1`)

/** What these external ids became, by id; the unknown are absent. Only the committee's own transaction sees them. One statement. */
export const findImportedRecords = async (
  reader: SqlReader,
  { communityId, kind, system }: Omit<ImportScope, 'committeeId'>,
  externalIds: readonly string[],
): Promise<Map<string, ImportedRecord>> => {
  if (externalIds.length === 0) return new Map()
  const rows = await reader.rows<ImportedRecord>(KNOWN, [communityId, kind, system, externalIds])
  return new Map(rows.map((row) => [row.externalId, row]))
}

/**
 * Claims external ids for new records; returns those that were free. Waits for another import that claims the same and is not
 * done yet, so of two imports at once one enters a record and the other finds it there. One statement.
 */
export const claimRecords = async (tx: Tx, scope: ImportScope, records: readonly ImportedRecord[]): Promise<Set<string>> => {
  if (records.length === 0) return new Set()
  const columns = [records.map((one) => one.externalId), records.map((one) => one.recordId), records.map((one) => one.digest)]
  const rows = await tx.rows<{ externalId: string }>(CLAIM, [scope.communityId, scope.kind, scope.system, scope.committeeId, ...columns])
  return new Set(rows.map(({ externalId }) => externalId))
}

/** Keeps the report of an import, for the same request sent again. The transaction must act for the committee. */
export const insertImport = async (tx: Tx, scope: ImportScope, report: ImportReport, at: Date): Promise<void> => {
  await tx.rows(INSERT, [report.id, scope.committeeId, scope.kind, scope.communityId, scope.system, JSON.stringify(report), at])
}

/** The report of an earlier import of the own committee, or null. */
export const findImport = async (tx: Tx, id: string): Promise<ImportReport | null> =>
  (await tx.rows<{ report: ImportReport }>(BY_ID, [id]))[0]?.report ?? null
