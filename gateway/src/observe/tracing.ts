import type { CallReport } from '../execution/run-plan.js'
import { traceparentText, readTraceparent, type TraceFlags } from './traceparent.js'

/** What the gateway uses of a span; that of `@opentelemetry/api` fits. */
export interface TelemetrySpan {
  spanContext(): TraceFlags
  setAttribute(name: string, value: string | number | boolean): unknown
  setStatus(status: { code: number; message?: string }): unknown
  addLink?(link: { context: TraceFlags & { isRemote?: boolean } }): unknown
  end(endTime?: number): void
}

/** What the gateway uses of `@opentelemetry/api`: the module itself can be given. */
export interface TelemetryApi {
  readonly ROOT_CONTEXT: unknown
  readonly trace: {
    getTracer(name: string): {
      startSpan(
        name: string,
        options: { kind?: number; startTime?: number; attributes?: Record<string, string | number | boolean> },
        parent: never,
      ): TelemetrySpan
    }
    setSpan(context: never, span: never): unknown
  }
  readonly context: { active(): unknown; with<T>(context: never, run: () => T): T }
}

/** How an operation ended, for its span; no variables, no values, no persons. */
export interface TracedOutcome {
  readonly kind: string
  /** `ok`, `partial` or a code. */
  readonly code: string
  readonly client: string
  readonly transport: string
  readonly documentId: string | null
}

/** Spans of operations, of cold plans and of calls to parties. */
export interface Tracing {
  /** Begins the span of an operation. Gives its trace id, which is the operation's everywhere; null when no provider gives one. */
  begin(): string | null
  /** Notes that the operation follows from a caller's own trace. */
  link(traceId: string, traceparent: string): void
  end(traceId: string, outcome: TracedOutcome): void
  planned(traceId: string, durationMs: number): void
  /** Runs a call inside a span of its own. `traceparent` is what the party gets; null: nothing. */
  call<T>(traceId: string, report: CallReport, run: (traceparent: string | null) => Promise<T>): Promise<T>
  /** Of the operation, for calls that last. */
  traceparent(traceId: string): string | null
}

const SERVER = 1
const CLIENT = 2
const ERROR = 2
/** Operations whose end nobody has told, because their clients left at a bad moment, must not add up. */
const MAX_OPEN = 10_000

interface OpenSpan {
  readonly span: TelemetrySpan
  readonly context: never
}

/** A tracer over `@opentelemetry/api` and whatever provider is registered there. */
export const createTracing = (api: TelemetryApi): Tracing => {
  const tracer = api.trace.getTracer('commonhall')
  const open = new Map<string, OpenSpan>()
  const contextOf = (traceId: string): never => (open.get(traceId)?.context ?? api.context.active()) as never
  const inside = (context: never, span: TelemetrySpan): never => api.trace.setSpan(context, span as never) as never

  return {
    begin() {
      const root = api.ROOT_CONTEXT as never
      const span = tracer.startSpan('hub.operation', { kind: SERVER }, root)
      const { traceId } = span.spanContext()
      if (traceparentText(span.spanContext()) === null) return null
      if (open.size >= MAX_OPEN) {
        const [oldest] = open
        oldest?.[1].span.end()
        if (oldest !== undefined) open.delete(oldest[0])
      }
      open.set(traceId, { span, context: inside(root, span) })
      return traceId
    },
    link(traceId, traceparent) {
      const context = readTraceparent(traceparent)
      if (context !== null) open.get(traceId)?.span.addLink?.({ context: { ...context, isRemote: true } })
    },
    end(traceId, { kind, code, client, transport, documentId }) {
      const span = open.get(traceId)?.span
      if (span === undefined) return
      open.delete(traceId)
      span.setAttribute('graphql.operation.type', kind)
      span.setAttribute('hub.code', code)
      span.setAttribute('hub.client', client)
      span.setAttribute('hub.transport', transport)
      if (documentId !== null) span.setAttribute('hub.document', documentId)
      if (code !== 'ok' && code !== 'partial') span.setStatus({ code: ERROR, message: code })
      span.end()
    },
    planned(traceId, durationMs) {
      const endMs = performance.now()
      tracer.startSpan('hub.plan', { startTime: endMs - durationMs }, contextOf(traceId)).end(endMs)
    },
    async call(traceId, report, run) {
      const context = contextOf(traceId)
      const attributes = { 'hub.party': report.party, 'hub.representations': report.representations }
      const span = tracer.startSpan('hub.call', { kind: CLIENT, attributes }, context)
      try {
        // What runs in this process finds the span as the active one.
        return await api.context.with(inside(context, span), () => run(traceparentText(span.spanContext())))
      } catch (fault) {
        const reason = (fault as { reason?: unknown }).reason
        span.setStatus({ code: ERROR, message: typeof reason === 'string' ? reason : 'failed' })
        throw fault
      } finally {
        if (report.isShared) span.setAttribute('hub.shared', true)
        span.end()
      }
    },
    traceparent(traceId) {
      const span = open.get(traceId)?.span
      return span === undefined ? null : traceparentText(span.spanContext())
    },
  }
}
