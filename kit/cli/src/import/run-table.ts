import type { Terminal } from '../console/terminal.js'
import { readMapping, RESIDENT_COLUMNS, SUGGESTION_COLUMNS } from './columns.js'
import { callHub, RESTART_WAITS_MS, type Hub } from './hub-client.js'
import { importTable, type BatchReport, type ImportReport, type ImportRow } from './import-table.js'
import { IMPORT_RESIDENTS, IMPORT_SUGGESTIONS, readResult } from './mutations.js'
import type { ImportOptions, Words } from './options.js'
import { progressOf } from './progress.js'
import { residentRow, suggestionRow } from './rows.js'

/** Tables that can be imported. */
export const TABLES = {
  suggestions: { columns: SUGGESTION_COLUMNS, document: IMPORT_SUGGESTIONS, rowsBy: suggestionRow },
  residents: { columns: RESIDENT_COLUMNS, document: IMPORT_RESIDENTS, rowsBy: residentRow },
} as const

/** A hub that does not answer at all is given up soon; one that did answer is given the time of a restart. */
const FIRST_WAITS_MS: readonly number[] = [500, 1_000]

/** Imports a table of suggestions or residents; tells progress and waits on the terminal. See `importTable`. */
export const runTable = (
  kind: keyof typeof TABLES,
  file: string,
  options: ImportOptions,
  deps: {
    readonly hub: Hub
    readonly terminal: Terminal
    readonly say: Words
    readonly signal: AbortSignal
    readonly waitsMs?: readonly number[]
  },
): Promise<ImportReport> => {
  const { hub, terminal, say, signal } = deps
  const { columns, document, rowsBy } = TABLES[kind]
  const { community, system, assent, witness } = options
  const progress = progressOf(terminal, say)
  let hasAnswered = false
  const send = async (rows: readonly ImportRow[], key: string): Promise<BatchReport> => {
    const input = { community, system, assent, witness, rows, clientKey: key }
    const waitsMs = hasAnswered ? (deps.waitsMs ?? RESTART_WAITS_MS) : (deps.waitsMs ?? FIRST_WAITS_MS)
    const onWait = (error: Error, waitMs: number): void => {
      progress.done()
      terminal.tell(say(`… ${error.message} ${waitMs / 1000} 秒后重试`, `… ${error.message} Trying again in ${waitMs / 1000} s`))
    }
    const report = readResult(await callHub(hub, document, { input }, { waitsMs, onWait, signal }))
    hasAnswered = true
    return report
  }
  const rehearse = (rows: readonly ImportRow[]): Promise<BatchReport> =>
    Promise.resolve({ accepted: rows.length, duplicates: 0, rejected: [] })
  return importTable({
    file,
    target: JSON.stringify([kind, community, system, assent ?? null, witness ?? null, options.map ?? []]),
    columns,
    mapping: readMapping(options.map ?? []),
    toRow: rowsBy(say),
    send: options.dryRun === true ? rehearse : send,
    isRehearsal: options.dryRun === true,
    signal,
    onProgress: (now) => progress.show(now),
  }).finally(() => progress.done())
}
