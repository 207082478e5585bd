import type { CallContext, PartyCall, PartyLink } from '../src/transport/party-link.js'
import type { CallIdentity } from '../src/transport/party-link.js'
import { PartyFault } from '../src/transport/party-fault.js'

/** Claims of nobody in particular. */
export const ANYBODY: CallIdentity = {
  sub: null,
  roles: ['anonymous'],
  actingFor: null,
  client: 'anonymous',
  purpose: null,
  language: 'en',
  traceId: 't',
  scope: 'query',
}

/** A query of no particular meaning; two with the same `query` have the same bytes. */
export const callOf = (over: Partial<PartyCall> = {}): PartyCall => {
  const query = over.query ?? '{ me { id } }'
  return {
    party: 'residents',
    query,
    bodyPrefix: `{"query":${JSON.stringify(query)},"variables":`,
    variables: '{}',
    isMutation: false,
    ...over,
  }
}

/** A raw link that does as it is told. */
export interface RawLink {
  readonly link: PartyLink
  readonly calls: { readonly call: PartyCall; readonly context: CallContext }[]
  /** Faults of the next calls, one each. */
  readonly outcomes: unknown[]
  /** Fault of every call. */
  fault: unknown
  /** Calls answer only when their signal is aborted. */
  hang: boolean
  /** Calls answer at `release`. */
  hold: boolean
  release(): void
}

/** A raw link that answers `{"data":{}}`. */
export const createRawLink = (answer = '{"data":{}}'): RawLink => {
  const held: (() => void)[] = []
  const raw: RawLink = {
    calls: [],
    outcomes: [],
    fault: null,
    hang: false,
    hold: false,
    release: () => held.splice(0).forEach((go) => go()),
    link: {
      party: 'residents',
      async call(call: PartyCall, context: CallContext) {
        raw.calls.push({ call, context })
        if (raw.hang) {
          await new Promise<never>((_, reject) =>
            context.signal?.addEventListener('abort', () => reject(new PartyFault('residents', 'ABORTED')), { once: true }),
          )
        }
        if (raw.hold) await new Promise<void>((resolve) => void held.push(resolve))
        const fault = raw.outcomes.shift() ?? raw.fault
        if (fault !== null) throw fault as Error
        return answer
      },
      subscribe: () => {
        throw new Error('not of this fixture')
      },
      noteUnusable: () => undefined,
      isUp: () => true,
      close: async () => undefined,
    },
  }
  return raw
}
