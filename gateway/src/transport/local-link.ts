import { HubError } from '@commonhall/shared/errors'
import { ASSERTION_LIFETIME_SECONDS, bodyDigest, newNonce, type AssertionClaims } from '@commonhall/shared/identity'
import type { LocalSubgraph, SubgraphRequest } from '@commonhall/shared/port'

import { byteTextOf, textOfBytes } from './byte-text.js'
import type { ByteText, CallContext, PartyCall, PartyLink } from './party-link.js'
import { MAX_ANSWER_BYTES } from './party-link.js'

const requestOf = (call: PartyCall): SubgraphRequest =>
  call.variables === '{}'
    ? { query: call.query }
    : { query: call.query, variables: JSON.parse(textOfBytes(call.variables)) as Record<string, unknown> }

/** The claims that an HTTP call would carry; the digest is made when somebody reads it, because nothing is signed here. */
class LocalClaims implements AssertionClaims {
  readonly iss = 'hub'
  readonly exp: number
  readonly jti = newNonce()
  readonly sub: AssertionClaims['sub']
  readonly roles: AssertionClaims['roles']
  readonly actingFor: AssertionClaims['actingFor']
  readonly client: string
  readonly purpose: string | null
  readonly language: AssertionClaims['language']
  readonly traceId: string
  readonly scope: AssertionClaims['scope']
  readonly deadlineMs: number

  constructor(
    private readonly call: PartyCall,
    { identity, deadlineAtMs }: CallContext,
    readonly aud: string,
    readonly iat: number,
  ) {
    this.exp = iat + ASSERTION_LIFETIME_SECONDS
    this.sub = identity.sub
    this.roles = identity.roles
    this.actingFor = identity.actingFor
    this.client = identity.client
    this.purpose = identity.purpose
    this.language = identity.language
    this.traceId = identity.traceId
    this.scope = identity.scope
    this.deadlineMs = Math.max(1, Math.ceil(deadlineAtMs - performance.now()))
  }

  get digest(): string {
    return bodyDigest(Buffer.from(`${this.call.bodyPrefix}${this.call.variables}}`, 'latin1'))
  }
}

const claimsOf = (call: PartyCall, context: CallContext, aud: string, nowMs: number): AssertionClaims =>
  new LocalClaims(call, context, aud, Math.floor(nowMs / 1000))

const textOf = (json: string, party: string): ByteText => {
  const text = byteTextOf(json)
  if (text.length > MAX_ANSWER_BYTES)
    throw new HubError('PARTY_UNAVAILABLE', { detail: `${party}: the answer is larger than ${MAX_ANSWER_BYTES} bytes` })
  return text
}

/** Rejects as soon as nobody waits any more, whatever the subgraph is doing; the listener goes with the call. */
const orAborted = <T>(work: Promise<T>, signal: AbortSignal | undefined, party: string): Promise<T> => {
  if (signal === undefined) return work
  return new Promise<T>((resolve, reject) => {
    const giveUp = (): void => reject(new HubError('PARTY_UNAVAILABLE', { detail: `${party}: nobody waits any more` }))
    signal.addEventListener('abort', giveUp, { once: true })
    const settle = (): void => signal.removeEventListener('abort', giveUp)
    work.then(
      (value) => {
        settle()
        resolve(value)
      },
      (error: unknown) => {
        settle()
        reject(error)
      },
    )
    if (signal.aborted) giveUp()
  })
}

/** A signal that follows another one and can be aborted by itself; `release` takes the listener off, for `AbortSignal.any` keeps it. */
const followSignal = (signal: AbortSignal | undefined): { readonly signal: AbortSignal; release(): void } => {
  const own = new AbortController()
  const follow = (): void => own.abort()
  if (signal?.aborted === true) own.abort()
  signal?.addEventListener('abort', follow, { once: true })
  return {
    signal: own.signal,
    release() {
      signal?.removeEventListener('abort', follow)
      own.abort()
    },
  }
}

/**
 * Calls a subgraph in this process with the same claims that an HTTP call would carry: no shortcut past its policies.
 *
 * Both ways go through text, so that neither side ever holds an object of the other. Keeps no time of its own: the deadline is
 * the resilience's around it, which aborts `signal`. What the subgraph throws is a bug of it, and PARTY_UNAVAILABLE here.
 */
export const createLocalLink = (subgraph: LocalSubgraph, options: { readonly nowMs: () => number }): PartyLink => {
  const party = subgraph.name
  let isUp = true
  const ask = async (request: SubgraphRequest, claims: AssertionClaims, signal: AbortSignal | undefined): Promise<string> =>
    subgraph.executeToText?.(request, claims, signal) ?? JSON.stringify(await subgraph.execute(request, claims, signal))
  const failed = (cause: unknown, signal: AbortSignal | undefined): HubError => {
    // A wait that was given up says nothing about the party.
    if (signal?.aborted !== true) isUp = false
    return cause instanceof HubError ? cause : new HubError('PARTY_UNAVAILABLE', { detail: `${party}: the subgraph failed`, cause })
  }
  return {
    party,
    async call(call, context) {
      try {
        const claims = claimsOf(call, context, party, options.nowMs())
        const text = textOf(await orAborted(ask(requestOf(call), claims, context.signal), context.signal, party), party)
        isUp = true
        return text
      } catch (cause) {
        throw failed(cause, context.signal)
      }
    },
    subscribe: (call, context) => ({
      // No generator: its `return` would wait for an event that may never come.
      [Symbol.asyncIterator](): AsyncIterator<ByteText> {
        const following = followSignal(context.signal)
        const claims = claimsOf(call, context, party, options.nowMs())
        const answers = subgraph.subscribe(requestOf(call), claims, following.signal)[Symbol.asyncIterator]()
        const ended = { done: true as const, value: undefined }
        return {
          async next() {
            try {
              const step = await answers.next()
              if (step.done !== true) return { done: false, value: textOf(JSON.stringify(step.value), party) }
              following.release()
              return ended
            } catch (cause) {
              following.release()
              throw failed(cause, context.signal)
            }
          },
          async return() {
            following.release()
            await answers.return?.()
            return ended
          },
        }
      },
    }),
    noteUnusable: () => undefined,
    isUp: () => isUp,
    close: async () => undefined,
  }
}
