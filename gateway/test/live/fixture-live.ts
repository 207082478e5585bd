import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

import { HubError } from '@commonhall/shared/errors'

import { openDoor, type Door, type DoorOptions } from '../../src/door/open-door.js'
import type { EngineAnswer } from '../../src/engine.js'
import type { TokenVerifier } from '../../src/identity/token-verifier.js'
import type { Principal } from '../../src/identity/principal.js'
import { InvalidDocument, type OperationRequest } from '../../src/planning/operation-catalogue.js'
import { createVirtualClock, type VirtualClock } from '../fixture-clock.js'
import { createSource, type Source } from './fixture-source.js'

/** What the engine of these tests was asked. */
export interface Asked {
  readonly request: OperationRequest
  readonly principal: Principal
}

/** A door over an engine in the hand of the test. */
export interface LiveFixture {
  readonly door: Door
  readonly url: string
  readonly webSocketUrl: string
  /** Drives heartbeats, waits and ends; sockets run in real time. */
  readonly clock: VirtualClock
  /** The sources that subscriptions have opened, in order. */
  readonly sources: Source<EngineAnswer>[]
  readonly asked: Asked[]
  readonly lines: (Record<string, unknown> & { readonly message: string })[]
  /** Replaces what a query answers; the default answers at once. */
  answer: () => Promise<EngineAnswer>
  /** What opening a subscription throws from now on. */
  refusal: Error | null
  swap(): Promise<void>
}

/** An event or a result with this data. */
export const answerWith = (data: unknown): EngineAnswer =>
  ({
    data,
    dataText: Buffer.from(JSON.stringify(data)).toString('latin1'),
    errors: [],
    calls: [],
    compiled: { kind: 'query', plans: [] },
    isTrusted: false,
    planMs: 0,
    releaseId: 'release',
    parties: new Map(),
    documentHash: 'a'.repeat(64),
    cost: { requested: 0, limit: null, remaining: null },
  }) as unknown as EngineAnswer

/** Tokens of these tests: `Bearer <name>` is a person whose token ends at `expiresAtMs`, `Bearer bad` is refused. */
const tokensUntil = (expiresAtMs: number): TokenVerifier => ({
  async identify(authorization) {
    if (authorization === undefined) return null
    const subject = authorization.slice('Bearer '.length)
    if (subject === 'bad') throw new HubError('UNAUTHENTICATED')
    if (subject === 'unsure') throw new HubError('OVERLOADED')
    return { issuer: 'i', subject, client: 'portal', roles: ['resident'], posts: [], expiresAtMs }
  },
})

const kindOf = (query: string): string => (/^\s*(subscription|mutation)\b/.exec(query) ?? [])[1] ?? 'query'

/** Opens it. Wall clock and timers stand still until they are told. */
export const startLive = async (options: Partial<DoorOptions> & { readonly tokenMs?: number } = {}): Promise<LiveFixture> => {
  const clock = createVirtualClock()
  const listeners = new Set<() => Promise<void>>()
  const lines: LiveFixture['lines'] = []
  const write = (fields: Readonly<Record<string, unknown>>, message = ''): void => void lines.push({ ...fields, message })
  const { tokenMs = 600_000, ...doorOptions } = options
  const fixture = {
    clock,
    sources: [] as Source<EngineAnswer>[],
    asked: [] as Asked[],
    lines,
    refusal: null as Error | null,
    answer: async () => answerWith({ hello: '世界' }),
    async swap() {
      await Promise.all([...listeners].map((listener) => listener()))
    },
  }
  const door = await openDoor({
    host: '127.0.0.1',
    port: 0,
    engine: () => ({
      async run(request, principal, way) {
        const kind = kindOf(request.query)
        if (way.isQueryOnly && kind !== 'query') throw new HubError('METHOD_NOT_ALLOWED', { reason: 'GET_IS_FOR_QUERIES' })
        if (kind === 'subscription') throw new HubError('BAD_REQUEST', { reason: 'SUBSCRIPTION_NEEDS_A_STREAM' })
        if (request.query.includes('nonsense')) throw new InvalidDocument([{ message: 'Unknown directive "@defer".' }])
        fixture.asked.push({ request, principal })
        return fixture.answer()
      },
      async subscribe(request, principal, { signal }) {
        if (kindOf(request.query) !== 'subscription') throw new HubError('BAD_REQUEST', { reason: 'NOT_A_SUBSCRIPTION' })
        if (fixture.refusal !== null) throw fixture.refusal
        fixture.asked.push({ request, principal })
        const source = createSource<EngineAnswer>(signal)
        fixture.sources.push(source)
        return source
      },
    }),
    news: {
      onSwap(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    tokens: tokensUntil(clock.nowMs() + tokenMs),
    corsOrigins: ['https://portal.example'],
    readiness: () => ({ ready: true, parties: {} }),
    log: { info: write, warn: write, error: write },
    nowMs: () => clock.nowMs(),
    clock,
    ...doorOptions,
  })
  const origin = `127.0.0.1:${door.port}`
  return Object.assign(fixture, { door, url: `http://${origin}/graphql`, webSocketUrl: `ws://${origin}/graphql` })
}

/** A raw connection to a port of this machine; faults of the line are of no interest. */
export const dial = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** The raw words of a POST, for clients that behave as no library does. */
export const postWords = (query: string, accept: string): string => {
  const body = JSON.stringify({ query })
  return `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: ${accept}\r\ncontent-length: ${body.length}\r\n\r\n${body}`
}
