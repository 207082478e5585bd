import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { ASSERTION_HEADER, createReplayGuard, loadVerifyKey, verifyAssertion, type AssertionClaims } from '@commonhall/shared/identity'
import type { SubgraphRequest } from '@commonhall/shared/port'

import { TEST_KEY } from './fixture-gateway.js'
import type { FixtureSubgraph } from './fixture-subgraph.js'

/** A fixture subgraph behind HTTP that verifies assertions as the kit does and keeps every byte it was sent. */
export interface PartyServer {
  readonly url: string
  readonly received: { headers: IncomingHttpHeaders; body: string }[]
  readonly claims: AssertionClaims[]
  close(): Promise<void>
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

/** Starts it. `reply` may replace the answer, for parties that misbehave on the wire. */
export const startPartyServer = async (
  subgraph: FixtureSubgraph,
  reply?: (answer: string) => { status?: number; headers?: Record<string, string>; body: string | Buffer },
  atPort = 0,
): Promise<PartyServer> => {
  const keys = loadVerifyKey(TEST_KEY.publicKeyPem)
  const replay = createReplayGuard()
  const received: PartyServer['received'] = []
  const claims: AssertionClaims[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      received.push({ headers: request.headers, body: body.toString('utf8') })
      const verified = verifyAssertion(String(request.headers[ASSERTION_HEADER] ?? ''), { audience: subgraph.name, body, keys })
      if (!verified.ok || !replay.admit(verified.claims.jti, verified.claims.exp)) {
        response.writeHead(401, { 'content-type': 'application/json' }).end('{"errors":[{"message":"refused"}]}')
        return
      }
      claims.push(verified.claims)
      void subgraph.execute(JSON.parse(body.toString('utf8')) as SubgraphRequest, verified.claims).then((answer) => {
        const text = JSON.stringify(answer)
        const isSdl = verified.claims.scope === 'sdl'
        const { status = 200, headers = {}, body: sent } = isSdl || reply === undefined ? { body: text } : reply(text)
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(sent)
      })
    })
  })
  const port = await listen(server, atPort)
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    received,
    claims,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
