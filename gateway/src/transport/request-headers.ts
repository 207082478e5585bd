import { ASSERTION_HEADER, batchSignerOf, bodyDigest, claimMembers, type HubSigningKey } from '@commonhall/shared/identity'

import type { Clock } from './clock.js'
import type { CallContext } from './party-link.js'

/** Headers that belong to the connection or to the hub: neither configuration nor a client's request can set them. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  ASSERTION_HEADER,
])

/** Ours, when we trace. */
const TRACE_HEADERS: ReadonlySet<string> = new Set(['traceparent', 'tracestate'])

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** Adds headers, without those that are not theirs to set and those that would end a line. */
const addOthers = (list: string[], headers: Readonly<Record<string, string>> | undefined, isTraced = false): void => {
  if (headers === undefined) return
  for (const name of Object.keys(headers)) {
    const value = headers[name] as string
    if (isTraced && TRACE_HEADERS.has(name.toLowerCase())) continue
    if (!OWN_HEADERS.has(name.toLowerCase()) && NAME.test(name) && VALUE.test(value)) list.push(name, value)
  }
}

/**
 * Makes the headers of one call as a flat list of names and values, and hands them on after the present turn of the event loop: then
 * all calls of the turn are signed together, and what has already come on a free connection has been seen. `onHeaders` must not throw.
 */
export type HeadersOfCall = (body: Buffer, context: CallContext, deadlineMs: number, onHeaders: (headers: string[]) => void) => void

/**
 * Headers of every call to one party: what we take, the signed assertion over the exact bytes (none without a key), the party's
 * configured headers, and what the engine allows through in `context.headers`. Nothing else of the client travels.
 */
export const headersForParty = (options: {
  readonly party: string
  readonly accept: string
  readonly signingKey: HubSigningKey | null
  readonly wallClockMs: () => number
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly acceptEncoding?: string
}): HeadersOfCall => {
  const fixed = ['content-type', 'application/json', 'accept', options.accept]
  if (options.acceptEncoding !== undefined && options.acceptEncoding !== '') fixed.push('accept-encoding', options.acceptEncoding)
  addOthers(fixed, options.headers)
  const { party, signingKey } = options
  const audience = claimMembers({ aud: party })
  const signer = signingKey === null ? null : batchSignerOf(signingKey)
  return (body, context, deadlineMs, onHeaders) => {
    const list = fixed.slice()
    addOthers(list, context.headers, context.traceparent !== undefined)
    if (context.traceparent !== undefined) list.push('traceparent', context.traceparent)
    if (signer === null) return void setImmediate(onHeaders, list)
    const { identity } = context
    const caller = context.statedMembers ?? claimMembers(identity)
    // Behind what the caller is, so that nothing of it can take the place of these.
    const members = `${caller},"traceId":${JSON.stringify(identity.traceId)},${audience},"digest":"${bodyDigest(body)}","deadlineMs":${deadlineMs}`
    signer.signMembers(members, options.wallClockMs(), (assertion) => {
      list.push(ASSERTION_HEADER, assertion)
      onHeaders(list)
    })
  }
}

/** Whole milliseconds left until a deadline, as they travel with the call: at least 1, at most `longestMs`. */
export const millisecondsLeft = (clock: Clock, deadlineAtMs: number, longestMs: number): number =>
  Math.max(1, Math.min(longestMs, Math.ceil(deadlineAtMs - clock.nowMs())))
