import { createHash, randomUUID } from 'node:crypto'

import { mapColumns, type ColumnModel } from './columns.js'
import { readCheckpoint, removeCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.js'
import { readFileFacts } from './encoding.js'
import { guessDelimiter, readCsvLines, type CsvLine } from './read-lines.js'
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
  /** The last line that was read. */
  readonly lines: number
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: number
  readonly rejectPath: string | null
  readonly encoding: string
  readonly isResumed: boolean
  /** Stopped by `signal` after a batch; the same call goes on from there. */
  readonly isStopped: boolean
}

/** The header cannot be read as asked; `faults` say what to do. */
export class HeaderError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'))
  }
}

export interface ImportTableOptions {
  readonly file: string
  /** What the rows go into and how they are read; a checkpoint counts for one target only. */
  readonly target: string
  readonly columns: readonly ColumnModel[]
  readonly mapping: ReadonlyMap<string, string>
  /** Makes a row of a line's cells, or says why not; pure. */
  readonly toRow: (line: number, cellOf: (field: string) => string | null) => ImportRow | Rejection
  /** Hands a batch to the hub; throws when the hub cannot be asked. `key` is the same when the same batch is sent again. */
  readonly send: (rows: readonly ImportRow[], key: string) => Promise<BatchReport>
  readonly batchRows?: number
  readonly batchBytes?: number
  /** Reads and checks only: leaves no checkpoint. */
  readonly isRehearsal?: boolean
  readonly signal?: AbortSignal
  readonly onProgress: (progress: { line: number; accepted: number; rejected: number }) => void
}

const isRejection = (row: ImportRow | Rejection): row is Rejection => 'code' in row && 'message' in row

/** Half of what the gateway reads of a signed-in caller, so that a batch never meets the limit. */
const BATCH_BYTES = 512 * 1024
const BATCH_ROWS = 200
const MAX_PENDING = 1_000
/** A batch answered after the last checkpoint is sent again under its key, and answered from memory. */
const KEPT_EVERY_MS = 250

/**
 * Imports a table: streams the file, sends batches in order, keeps a checkpoint every quarter of a second and when it ends early,
 * writes what was rejected.
 *
 * Each batch is one transaction of the hub and each row is taken whole or not at all. A run that was cut off goes on at the
 * checkpoint; rows that the hub has already come back as duplicates, so nothing is entered twice, however often it is run.
 */
export const importTable = async (options: ImportTableOptions): Promise<ImportReport> => {
  const { file, target } = options
  const facts = await readFileFacts(file)
  const lines = readCsvLines(file, facts.encoding, guessDelimiter(await firstLineOf(file, facts.encoding)))
  const { value: header } = await lines.next()
  const indexOf = readHeader(header, options)
  const checkpoint = options.isRehearsal === true ? null : readCheckpoint(file, facts.digest, target)
  const run = checkpoint?.run ?? randomUUID()
  const done = checkpoint?.line ?? 0
  const totals = { accepted: checkpoint?.accepted ?? 0, duplicates: checkpoint?.duplicates ?? 0, rejected: checkpoint?.rejected ?? 0 }
  const report = openRejectReport(file, checkpoint?.reportBytes ?? 0)
  let batch: ImportRow[] = []
  let batchBytes = 0
  let pending: Rejection[] = []
  let lastLine = done
  let answered: Checkpoint = { digest: facts.digest, target, run, line: done, ...totals, reportBytes: report.bytes() }
  let keptMs = -Infinity

  const keep = (isDue = true): void => {
    if (options.isRehearsal === true || (!isDue && performance.now() - keptMs < KEPT_EVERY_MS)) return
    writeCheckpoint(file, answered)
    keptMs = performance.now()
  }
  const flush = async (): Promise<void> => {
    if (batch.length === 0 && pending.length === 0) return
    const answer = batch.length === 0 ? NOTHING : await options.send(batch, keyOf(run, batch))
    const rejected = [...pending, ...answer.rejected].sort((a, b) => a.line - b.line)
    report.add(rejected)
    totals.accepted += answer.accepted
    totals.duplicates += answer.duplicates
    totals.rejected += rejected.length
    batch = []
    batchBytes = 0
    pending = []
    answered = { ...answered, line: lastLine, ...totals, reportBytes: report.bytes() }
    keep(false)
    options.onProgress({ line: lastLine, accepted: totals.accepted, rejected: totals.rejected })
  }
  const isFull = (more: number): boolean =>
    batch.length >= (options.batchRows ?? BATCH_ROWS) ||
    (batch.length > 0 && batchBytes + more > (options.batchBytes ?? BATCH_BYTES)) ||
    pending.length >= MAX_PENDING

  const isAborted = (): boolean => options.signal?.aborted === true
  let isStopped = false
  // Before the first batch: when its answer is lost, the next run sends it under the same name.
  keep()
  try {
    for await (const record of lines) {
      if (record.line <= done) continue
      const row = rowOf(record, indexOf, options)
      const bytes = isRejection(row) ? 0 : Buffer.byteLength(JSON.stringify(row))
      if (isFull(bytes)) await flush()
      isStopped = isAborted()
      if (isStopped) break
      lastLine = Math.max(lastLine, record.line)
      if (isRejection(row)) pending.push(row)
      else batch.push(row)
      batchBytes += bytes
    }
    if (batch.length + pending.length > 0 && isAborted()) isStopped = true
    if (!isStopped) await flush()
  } catch (error) {
    keep()
    throw error
  }
  if (isStopped) keep()
  else if (options.isRehearsal !== true) removeCheckpoint(file)
  const rejectPath = totals.rejected > 0 ? report.path : null
  return { lines: answered.line, ...totals, rejectPath, encoding: facts.encoding, isResumed: checkpoint !== null, isStopped }
}

const NOTHING: BatchReport = { accepted: 0, duplicates: 0, rejected: [] }

/** The batch's name towards the hub. Another batch never has it, so the hub never answers with the report of another. */
const keyOf = (run: string, batch: readonly ImportRow[]): string =>
  createHash('sha256').update(run).update(JSON.stringify(batch)).digest('hex')

const readHeader = (header: CsvLine | undefined | void, options: ImportTableOptions): ReadonlyMap<string, number> => {
  if (!header || 'fault' in header) throw new HeaderError(['The file has no header line.'])
  const map = mapColumns(header.cells, options.columns, options.mapping)
  if (!map.ok) throw new HeaderError(map.faults)
  return map.indexOf
}

const rowOf = (record: CsvLine, indexOf: ReadonlyMap<string, number>, { toRow }: ImportTableOptions): ImportRow | Rejection =>
  'fault' in record
    ? { line: record.line, field: null, ...record.fault }
    : toRow(record.line, (field) => record.cells[indexOf.get(field) ?? -1]?.trim() || null)

const firstLineOf = async (file: string, encoding: Parameters<typeof readCsvLines>[1]): Promise<string> => {
  for await (const record of readCsvLines(file, encoding, '\u0000')) return 'cells' in record ? (record.cells[0] ?? '') : ''
  return ''
}
