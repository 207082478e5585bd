/** A place in a trace, as OpenTelemetry and W3C know it. */
export interface TraceFlags {
  readonly traceId: string
  readonly spanId: string
  readonly traceFlags: number
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
const NO_TRACE = '0'.repeat(32)
const NO_SPAN = '0'.repeat(16)

/** The header `traceparent` of W3C Trace Context; null for the place that is none, which a tracer without provider gives. */
export const traceparentText = ({ traceId, spanId, traceFlags }: TraceFlags): string | null =>
  traceId === NO_TRACE || spanId === NO_SPAN ? null : `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`

/** Reads the header; null for everything that is not exactly version 00. */
export const readTraceparent = (header: string): TraceFlags | null => {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(header) ?? []
  if (traceId === undefined || spanId === undefined || traceId === NO_TRACE || spanId === NO_SPAN) return null
  return { traceId, spanId, traceFlags: Number.parseInt(flags ?? '0', 16) }
}
