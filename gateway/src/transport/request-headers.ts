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

const NONE: ReadonlySet<string> = new Set()

/** Adds headers, without those that are not theirs to set and those that would end a line. */
const addOthers = (
  list: string[],
  headers: Readonly<Record<string, string>> | undefined,
  { isTraced = false, taken = NONE }: { readonly isTraced?: boolean; readonly taken?: ReadonlySet<string> } = {},
): void => {
  if (headers === undefined) return
  for (const name of Object.keys(headers)) {
    const value = headers[name] as string
    const lower = name.toLowerCase()
    if (taken.has(lower) || (isTraced && TRACE_HEADERS.has(lower))) continue
    if (!OWN_HEADERS.has(lower) && NAME.test(name) && VALUE.test(value)) list.push(name, value)
  }
}

/**
 * Makes the headers of one call, and hands them on after the present turn of the event loop: then all calls of the turn are signed
 * together, and what has already come on a free connection has been seen. `onHeaders` must not throw.
 */
export type HeadersOfCall<T> = (body: Buffer, context: CallContext, deadlineMs: number, onHeaders: (headers: T) => void) => void

/** What the headers of calls to one party are made of. */
export interface PartyHeaderOptions {
  readonly party: string
  readonly accept: string
  readonly signingKey: HubSigningKey | null
  readonly wallClockMs: () => number
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly acceptEncoding?: string
}

const fixedHeaders = (options: PartyHeaderOptions): string[] => {
  const fixed = ['content-type', 'application/json', 'accept', options.accept]
  if (options.acceptEncoding !== undefined && options.acceptEncoding !== '') fixed.push('accept-encoding', options.acceptEncoding)
  addOthers(fixed, options.headers)
  return fixed
}

/** What is configured for the party: a client's header of the same name must not stand beside its key, or in the place of it. */
const configuredNames = ({ headers = {} }: PartyHeaderOptions): ReadonlySet<string> =>
  new Set(Object.keys(headers).map((name) => name.toLowerCase()))

const contextHeaders = ({ headers, traceparent }: CallContext, taken: ReadonlySet<string>): string[] => {
  const list: string[] = []
  addOthers(list, headers, { isTraced: traceparent !== undefined, taken })
  if (traceparent !== undefined) list.push('traceparent', traceparent)
  return list
}

const linesOf = (list: readonly string[]): string => {
  let lines = ''
  for (let at = 0; at < list.length; at += 2) lines += `${list[at] as string}: ${list[at + 1] as string}\r\n`
  return lines
}

/** Hands on the assertion over the exact bytes of a body, null without a key, after the present turn. */
const assertionsForParty = ({ party, signingKey, wallClockMs }: PartyHeaderOptions): HeadersOfCall<string | null> => {
  const audience = claimMembers({ aud: party })
  const signer = signingKey === null ? null : batchSignerOf(signingKey)
  return (body, context, deadlineMs, onAssertion) => {
    if (signer === null) return void setImmediate(onAssertion, null)
    const { identity } = context
    const caller = context.statedMembers ?? claimMembers(identity)
    // Behind what the caller is, so that nothing of it can take the place of these.
    const members = `${caller},"traceId":${JSON.stringify(identity.traceId)},${audience},"digest":"${bodyDigest(body)}","deadlineMs":${deadlineMs}`
    signer.signMembers(members, wallClockMs(), onAssertion)
  }
}

/**
 * Headers of every call to one party: what we take, the signed assertion over the exact bytes (none without a key), the party's
 * configured headers, and what the engine allows through in `context.headers`. Nothing else of the client travels.
 */
export const headersForParty = (options: PartyHeaderOptions): HeadersOfCall<string[]> => {
  const fixed = fixedHeaders(options)
  const configured = configuredNames(options)
  const assert = assertionsForParty(options)
  return (body, context, deadlineMs, onHeaders) =>
    assert(body, context, deadlineMs, (assertion) =>
      onHeaders([...fixed, ...contextHeaders(context, configured), ...(assertion === null ? [] : [ASSERTION_HEADER, assertion])]),
    )
}

/** The same as lines of a request, each with its end; what does not change is put together once. */
export const headerLinesForParty = (options: PartyHeaderOptions): HeadersOfCall<string> => {
  const fixed = linesOf(fixedHeaders(options))
  const configured = configuredNames(options)
  const assert = assertionsForParty(options)
  return (body, context, deadlineMs, onLines) => {
    const { headers, traceparent } = context
    const lines = headers === undefined && traceparent === undefined ? fixed : fixed + linesOf(contextHeaders(context, configured))
    assert(body, context, deadlineMs, (assertion) => onLines(assertion === null ? lines : `${lines}${ASSERTION_HEADER}: ${assertion}\r\n`))
  }
}

/** Whole milliseconds left until a deadline, as they travel with the call: at least 1, at most `longestMs`. */
export const millisecondsLeft = (clock: Clock, deadlineAtMs: number, longestMs: number): number =>
  Math.max(1, Math.min(longestMs, Math.ceil(deadlineAtMs - clock.nowMs())))
