import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

import type { SubgraphRequest } from '@commonhall/shared/port'

import type { FixtureSubgraph } from '../fixture-subgraph.js'

/** Words that a rogue hides in what it sends and that must never leave the gateway. */
export const SECRET = 'rogue-secret'

/** What a rogue has at hand when it answers. */
export interface Occasion {
  readonly response: ServerResponse
  readonly socket: Socket
  /** The honest answer, as text and parsed. */
  readonly honest: string
  readonly data: Record<string, unknown>
  /** The entities it is asked about; null when it is asked for a root field. */
  readonly entities: Record<string, unknown>[] | null
  /** Sends a body with status 200 as JSON. */
  send(body: string | Buffer, headers?: Record<string, string | string[]>): void
  /** Writes bytes to the socket as they are. */
  raw(bytes: string | Buffer): void
}

/** One way to misbehave. */
export type Misdeed = (occasion: Occasion) => void

/** A party that is honest until it is told otherwise; always honest about its schema. */
export interface RogueParty {
  readonly url: string
  misdeed: Misdeed | null
  /** Calls received, without those for the schema. */
  calls: number
  close(): Promise<void>
}

/** Starts a subgraph behind HTTP that can misbehave in every way HTTP and JSON allow. It believes every caller. */
export const startRogueParty = async (subgraph: FixtureSubgraph): Promise<RogueParty> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const asked = JSON.parse(Buffer.concat(chunks).toString('utf8')) as SubgraphRequest
      void answer(asked, request.socket, response)
    })
  })
  // A rogue keeps connections as long as it likes, and no error of its own stops it.
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket: Socket) => socket.on('error', () => undefined))
  const answer = async (asked: SubgraphRequest, socket: Socket, response: ServerResponse): Promise<void> => {
    const claims = { scope: asked.query.includes('_service') ? 'sdl' : 'query' } as Parameters<FixtureSubgraph['execute']>[1]
    const result = await subgraph.execute(asked, claims)
    const honest = JSON.stringify(result)
    const send = (body: string | Buffer, headers: Record<string, string | string[]> = {}): void =>
      void response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body)
    if (claims.scope === 'sdl') return send(honest)
    party.calls += 1
    if (party.misdeed === null) return send(honest)
    const data = JSON.parse(JSON.stringify(result.data ?? {})) as Record<string, unknown>
    const listed = Object.entries(data).find(([name]) => name.startsWith('_e'))?.[1]
    const entities = Array.isArray(listed) ? (listed as Record<string, unknown>[]) : null
    party.misdeed({ response, socket, honest, data, entities, send, raw: (bytes) => void socket.write(bytes) })
  }
  const party: RogueParty = {
    url: '',
    misdeed: null,
    calls: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(party, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` })
}
