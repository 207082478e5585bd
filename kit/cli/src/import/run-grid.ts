import type { Terminal } from '../console/terminal.js'
import { readGridFile } from './grid-file.js'
import { callHub, RESTART_WAITS_MS, type Hub } from './hub-client.js'
import type { ImportReport } from './import-table.js'
import { IMPORT_GRID, readResult } from './mutations.js'
import type { ImportOptions, Words } from './options.js'
import { openRejectReport } from './reject-report.js'

/**
 * Imports a community's grid in one mutation: all of it, or nothing and why. Features are counted from 0, as everywhere in GeoJSON.
 *
 * What this side can see is told before anything is sent; the hub tells the rest. The same file again is counted as duplicates.
 */
export const runGrid = async (
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
  const { say, terminal, hub, signal } = deps
  const grid = await readGridFile(file, say)
  const { features } = grid.collection
  const onWait = (error: Error, waitMs: number): void =>
    terminal.tell(say(`… ${error.message} ${waitMs / 1000} 秒后重试`, `… ${error.message} Trying again in ${waitMs / 1000} s`))
  const send = async (): Promise<ReturnType<typeof readResult>> => {
    const input = { community: options.community, collection: grid.collection }
    // No key: the hub sees by the content that a grid is there already, and a fault mended elsewhere must not bring the old report again.
    return readResult(await callHub(hub, IMPORT_GRID, { input }, { waitsMs: deps.waitsMs ?? RESTART_WAITS_MS.slice(0, 3), onWait, signal }))
  }
  const isSent = grid.rejected.length === 0 && options.dryRun !== true
  const answer = isSent ? await send() : { accepted: 0, duplicates: 0, rejected: grid.rejected }
  const accepted = options.dryRun === true && grid.rejected.length === 0 ? features.length : answer.accepted
  const report = openRejectReport(file, 0)
  report.add(answer.rejected)
  return {
    ...{ lines: features.length, accepted, duplicates: answer.duplicates, rejected: answer.rejected.length, encoding: 'utf-8' },
    ...{ rejectPath: answer.rejected.length > 0 ? report.path : null, isResumed: false, isStopped: false },
  }
}
