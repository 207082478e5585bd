import { AsyncLocalStorage } from 'node:async_hooks'

import type { TelemetryApi, TelemetrySpan } from '../../src/observe/tracing.js'

/** A span as the fake provider keeps it. */
export interface FakeSpan extends TelemetrySpan {
  readonly name: string
  readonly id: string
  readonly traceId: string
  readonly parentId: string | null
  readonly attributes: Record<string, unknown>
  readonly links: { readonly traceId: string; readonly spanId: string }[]
  status: { code: number; message?: string } | null
  isEnded: boolean
}

type Context = { readonly span: FakeSpan | null }

/** The API of OpenTelemetry with a provider that keeps everything in memory; with `isNoop` the API as it is without any. */
export const createFakeTelemetry = (
  isNoop = false,
): { readonly api: TelemetryApi; readonly spans: FakeSpan[]; activeSpan(): FakeSpan | null } => {
  const spans: FakeSpan[] = []
  const active = new AsyncLocalStorage<Context>()
  const root: Context = { span: null }
  const hex = (length: number): string => (isNoop ? '0' : (spans.length + 1).toString(16)).padStart(length, '0')
  const startSpan = (name: string, options: { attributes?: Record<string, unknown> }, parent: Context): FakeSpan => {
    const id = hex(16)
    const span: FakeSpan = {
      ...{ name, id, traceId: parent.span?.traceId ?? hex(32), parentId: parent.span?.id ?? null },
      attributes: { ...options.attributes },
      links: [],
      status: null,
      isEnded: false,
      spanContext: () => ({ traceId: span.traceId, spanId: id, traceFlags: isNoop ? 0 : 1 }),
      setAttribute: (key, value) => void (span.attributes[key] = value),
      setStatus: (status) => void (span.status = status),
      addLink: ({ context }) => void span.links.push(context),
      end: () => void (span.isEnded = true),
    }
    spans.push(span)
    return span
  }
  const api = {
    ROOT_CONTEXT: root,
    trace: { getTracer: () => ({ startSpan }), setSpan: (_: Context, span: FakeSpan): Context => ({ span }) },
    context: { active: () => active.getStore() ?? root, with: <T>(context: Context, run: () => T): T => active.run(context, run) },
  }
  return { api: api as unknown as TelemetryApi, spans, activeSpan: () => active.getStore()?.span ?? null }
}
