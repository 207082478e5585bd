import { ERROR_CODES, HubError } from '@commonhall/shared/errors'

import type { EngineAnswer } from '../engine.js'
import type { PartyReport } from '../execution/run-plan.js'
import type { Observer } from '../observe/observer.js'
import type { LiveLine, Log, OperationLine } from '../observe/operation-log.js'
import { planShape } from '../observe/plan-shape.js'
import type { Tracing } from '../observe/tracing.js'
import { InvalidDocument } from '../planning/operation-catalogue.js'
import type { LiveSummary } from '../subscription/live-operation.js'
import { codeOf } from './answers.js'
import type { Caller } from './caller.js'
import type { TransportName } from './operation-gate.js'
import { newTraceId } from './trace-id.js'

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

/** Writes the lines of operations and counts them; one place, so that every way in says the same. */
export interface OperationRecorder {
  /** Begins an operation: gives the id under which everything about it is told. */
  begin(): string
  /** Notes the trace of a registered client in which the operation stands; everybody else's word is passed over. */
  link(traceId: string, traceparent: string | undefined, caller: Pick<Caller, 'isSignedIn' | 'principal'>): void
  operation(record: RequestRecord): void
  liveOpened(line: Pick<LiveLine, 'traceId' | 'client' | 'transport'>): void
  liveClosed(line: Pick<LiveLine, 'traceId' | 'client' | 'transport'> & { readonly durationMs: number }, summary: LiveSummary): void
}

/** Those who hear of operations beside the log. */
export interface RecorderSurroundings {
  readonly observer?: Observer | undefined
  /** Operations that take longer get a second line with the shape of their plan. */
  readonly slowOperationMs?: number | undefined
  readonly tracing?: Tracing | undefined
  /** Clients that the operator has registered. */
  readonly registeredClients?: ReadonlySet<string> | undefined
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] }

/** The line of one operation. Made for nearly every request, so it is put together without copies. */
const lineOf = ({ traceId, transport, client, durationMs, status, bytes, ran, fault }: RequestRecord): Writable<OperationLine> => {
  const parties: Record<string, PartyReport> = {}
  if (ran !== null) for (const [party, report] of ran.parties) parties[party] = report
  const line: Writable<OperationLine> = {
    traceId,
    transport,
    client,
    status,
    bytes,
    durationMs: round(durationMs),
    documentId: ran === null ? null : ran.documentHash,
    code: fault === null ? null : codeOf(fault),
    parties,
    fetches: ran === null ? 0 : ran.calls.length,
    count: ran === null ? 0 : ran.errors.length,
  }
  if (fault instanceof HubError) line.detail = fault.reason ?? fault.detail
  if (ran === null) return line
  line.operation = ran.compiled.kind
  line.cost = ran.cost.requested
  line.release = ran.releaseId
  if (ran.planMs > 0) line.planMs = round(ran.planMs)
  return line
}

const round = (ms: number): number => Math.round(ms * 100) / 100

/** A recorder over a log. Refusals are logged at the level of their code, with the hub's own words and never the client's. */
export const createOperationRecorder = (log: Log, surroundings: RecorderSurroundings = {}): OperationRecorder => {
  const { observer, slowOperationMs = Infinity, tracing, registeredClients } = surroundings
  const levelOf = (fault: unknown): 'info' | 'warn' | 'error' =>
    fault === null || fault instanceof InvalidDocument ? 'info' : ERROR_CODES[codeOf(fault)].logLevel

  const observe = ({ traceId, transport, client, durationMs, bytes, ran, fault }: RequestRecord): void => {
    if (observer === undefined && tracing === undefined) return
    const code = fault === null ? (ran !== null && ran.errors.length > 0 ? 'partial' : 'ok') : codeOf(fault)
    const kind = ran?.compiled.kind ?? 'none'
    tracing?.end(traceId, { kind, code, client, transport, documentId: ran?.documentHash ?? null })
    const told = ran === null ? null : { documentId: ran.documentHash, isTrusted: ran.isTrusted, cost: ran.cost.requested }
    observer?.operation({ kind, code, transport, client, durationMs, bytes, ran: told })
  }

  const isWritten = (level: string): boolean => log.isLevelEnabled?.(level) ?? true
  const tellSlow = ({ traceId, client, transport, durationMs }: RequestRecord, ran: EngineAnswer): void => {
    const plan = planShape(ran.compiled.plans)
    log.warn(
      { traceId, client, transport, documentId: ran.documentHash, durationMs: Math.round(durationMs), planMs: round(ran.planMs), plan },
      'slow operation',
    )
  }

  return {
    begin: () => tracing?.begin() ?? newTraceId(),
    link(traceId, traceparent, { isSignedIn, principal }) {
      if (tracing === undefined || traceparent === undefined) return
      if (isSignedIn && registeredClients?.has(principal.client) === true) tracing.link(traceId, traceparent)
    },
    operation(record) {
      observe(record)
      const { ran, fault, durationMs } = record
      const level = levelOf(fault)
      if (isWritten(level)) {
        const fields = lineOf(record)
        // Only what is our own fault is logged with its stack; refusals carry causes that may repeat the client's text.
        log[level](level === 'error' ? { ...fields, error: fault } : fields, 'operation')
      }
      if (ran !== null && durationMs > slowOperationMs) tellSlow(record, ran)
    },
    liveOpened(line) {
      observer?.liveOpened(line.transport)
      log.info({ ...line }, 'live operation opened')
    },
    liveClosed(line, { reason, events, bytes, fault }) {
      const { traceId, client, transport } = line
      observer?.liveClosed({ transport, reason, events, bytes })
      const code = fault === null ? 'ok' : codeOf(fault)
      tracing?.end(traceId, { kind: 'subscription', code, client, transport, documentId: null })
      const level = levelOf(fault)
      const fields: LiveLine = { ...line, durationMs: Math.round(line.durationMs), state: reason, count: events, bytes }
      log[level]({ ...fields, ...(level === 'error' ? { error: fault } : {}) }, 'live operation closed')
    },
  }
}
