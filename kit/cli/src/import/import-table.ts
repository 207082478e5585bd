import { mapColumns, type ColumnModel } from './columns.js'
import { readCheckpoint, removeCheckpoint, writeCheckpoint } from './checkpoint.js'
import { readFileFacts, type FileFacts } from './encoding.js'
import { guessDelimiter, readCsvLines } from './read-lines.js'
import { openRejectReport, type Rejection } from './reject-report.js'

/** A line as the hub takes it. */
export type ImportRow = { readonly line: number } & Readonly<Record<string, unknown>>

/** What the hub says of a batch. */
export interface BatchReport {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly Rejection[]
}

/** Totals of an import. */
export interface ImportReport {
  readonly lines: number
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: number
  readonly rejectPath: string | null
  readonly encoding: string
  readonly isResumed: boolean
}

/** The header cannot be read as asked; `faults` say what to do. */
export class HeaderError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'))
  }
}

export interface ImportTableOptions {
  readonly file: string
  /** What the rows go into, for example the community's id; a checkpoint counts for one target only. */
  readonly target: string
  readonly columns: readonly ColumnModel[]
  readonly mapping: ReadonlyMap<string, string>
  /** Makes a row of a line's cells, or says why not; pure. */
  readonly toRow: (line: number, cellOf: (field: string) => string | null) => ImportRow | Rejection
  /** Hands a batch to the hub; throws when the hub cannot be asked. */
  readonly send: (rows: readonly ImportRow[], facts: FileFacts) => Promise<BatchReport>
  readonly batchRows?: number
  readonly batchBytes?: number
  readonly onProgress: (progress: { line: number; accepted: number; rejected: number }) => void
}

const isRejection = (row: ImportRow | Rejection): row is Rejection => 'code' in row && 'message' in row

/**
 * Imports a table: streams the file, sends batches in order, keeps a checkpoint after each, writes what was rejected.
 *
 * Each batch is one transaction of the hub and each row is taken whole or not at all. A run that was cut off goes on at the
 * checkpoint; rows that the hub has already come back as duplicates, so nothing is entered twice, however often it is run.
 */
export const importTable = async (options: ImportTableOptions): Promise<ImportReport> => {
  const facts = await readFileFacts(options.file)
  const checkpoint = readCheckpoint(options.file, facts.digest, options.target)
  const totals = { accepted: checkpoint?.accepted ?? 0, duplicates: checkpoint?.duplicates ?? 0, rejected: checkpoint?.rejected ?? 0 }
  const report = openRejectReport(options.file, checkpoint !== null)
  let indexOf: ReadonlyMap<string, number> | null = null
  let batch: ImportRow[] = []
  let batchSize = 0
  let pending: Rejection[] = []
  let lastLine = checkpoint?.line ?? 0

  const flush = async (): Promise<void> => {
    if (batch.length === 0 && pending.length === 0) return
    const answer = batch.length === 0 ? { accepted: 0, duplicates: 0, rejected: [] } : await options.send(batch, facts)
    const rejected = [...pending, ...answer.rejected].sort((a, b) => a.line - b.line)
    await report.add(rejected)
    totals.accepted += answer.accepted
    totals.duplicates += answer.duplicates
    totals.rejected += rejected.length
    batch = []
    batchSize = 0
    pending = []
    writeCheckpoint(options.file, { digest: facts.digest, target: options.target, line: lastLine, ...totals })
    options.onProgress({ line: lastLine, accepted: totals.accepted, rejected: totals.rejected })
  }

  for await (const record of readCsvLines(options.file, facts.encoding, await delimiterOf(options.file, facts))) {
    if ('fault' in record) {
      if (record.line > (checkpoint?.line ?? 0)) pending.push({ line: record.line, field: null, ...record.fault })
      continue
    }
    if (indexOf === null) {
      const map = mapColumns(record.cells, options.columns, options.mapping)
      if (!map.ok) throw new HeaderError(map.faults)
      indexOf = map.indexOf
      continue
    }
    if (record.line <= (checkpoint?.line ?? 0)) continue
    const index = indexOf
    const row = options.toRow(record.line, (field) => record.cells[index.get(field) ?? -1]?.trim() || null)
    lastLine = record.line
    if (isRejection(row)) pending.push(row)
    else {
      batch.push(row)
      batchSize += JSON.stringify(row).length * 2
    }
    if (batch.length >= (options.batchRows ?? 200) || batchSize > (options.batchBytes ?? 400_000) || pending.length >= 1_000) await flush()
  }
  if (indexOf === null) throw new HeaderError(['The file has no header line.'])
  await flush()
  await report.close()
  removeCheckpoint(options.file)
  const rejectPath = totals.rejected > 0 ? report.path : null
  return { lines: lastLine, ...totals, rejectPath, encoding: facts.encoding, isResumed: checkpoint !== null }
}

const delimiterOf = async (file: string, facts: FileFacts): Promise<string> => {
  for await (const record of readCsvLines(file, facts.encoding, '\u0000'))
    return 'cells' in record ? guessDelimiter(record.cells[0] ?? '') : ','
  return ','
}
