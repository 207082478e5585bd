import { ERROR_CODES, HubError } from '@commonhall/shared/errors'

import type { EngineAnswer } from '../engine.js'
import type { LiveLine, Log, OperationLine } from '../observe/operation-log.js'
import { InvalidDocument } from '../planning/operation-catalogue.js'
import type { LiveSummary } from '../subscription/live-operation.js'
import { codeOf } from './answers.js'
import type { TransportName } from './operation-gate.js'

/** What became of one request, for its line. */
export interface RequestRecord {
  readonly traceId: string
  readonly transport: TransportName
  readonly client: string
  readonly durationMs: number
  readonly status: number
  readonly bytes: number
  /** Null when it was refused. */
  readonly ran: EngineAnswer | null
  readonly fault: unknown
}

/** Writes the lines of operations; one place, so that every way in says the same. */
export interface OperationRecorder {
  operation(record: RequestRecord): void
  liveOpened(line: Pick<LiveLine, 'traceId' | 'client' | 'transport'>): void
  liveClosed(line: Pick<LiveLine, 'traceId' | 'client' | 'transport'> & { readonly durationMs: number }, summary: LiveSummary): void
}

/** A recorder over a log. Refusals are logged at the level of their code, with the hub's own words and never the client's. */
export const createOperationRecorder = (log: Log): OperationRecorder => {
  const levelOf = (fault: unknown): 'info' | 'warn' | 'error' =>
    fault === null || fault instanceof InvalidDocument ? 'info' : ERROR_CODES[codeOf(fault)].logLevel
  return {
    operation({ ran, fault, durationMs, ...record }) {
      const parties = ran === null ? {} : Object.fromEntries(ran.parties)
      const fields: OperationLine = {
        ...record,
        durationMs: Math.round(durationMs),
        documentId: ran?.documentHash ?? null,
        code: fault === null ? null : codeOf(fault),
        ...(fault instanceof HubError ? { detail: fault.reason ?? fault.detail } : {}),
        parties,
        fetches: Object.values(parties).reduce((sum, { calls }) => sum + calls, 0),
        count: ran?.errors.length ?? 0,
      }
      const level = levelOf(fault)
      // Only what is our own fault is logged with its stack; refusals carry causes that may repeat the client's text.
      log[level]({ ...fields, ...(level === 'error' ? { error: fault } : {}) }, 'operation')
    },
    liveOpened: (line) => log.info({ ...line }, 'live operation opened'),
    liveClosed(line, { reason, events, bytes, fault }) {
      const level = levelOf(fault)
      const fields: LiveLine = { ...line, durationMs: Math.round(line.durationMs), state: reason, count: events, bytes }
      log[level]({ ...fields, ...(level === 'error' ? { error: fault } : {}) }, 'live operation closed')
    },
  }
}
