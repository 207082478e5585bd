import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

import { ERROR_CODES } from '@commonhall/shared/errors'
import type { Language } from '@commonhall/shared/identity'

import { languageOf } from '../identity/principal.js'
import { jsonText } from './answers.js'
import { preflightHeaders } from './cors.js'
import type { GraphqlDoor } from './graphql-door.js'
import { headerBlock } from './header-blocks.js'
import { readinessAnswer, type Readiness } from './health.js'
import { refuseUpgrade } from './refuse-upgrade.js'
import type { WebSocketDoor } from './websocket-door.js'
import { writeAnswer } from './write-answer.js'

/** A further route of the process that hosts the gateway; true when it has taken the request. */
export type ExtraRoutes = (request: IncomingMessage, response: ServerResponse) => boolean

/** The open door. */
export interface HttpDoor {
  readonly port: number
  /** Stops accepting, lets running requests finish, cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** How long a slow client is borne before its connection is cut. */
export interface Patience {
  readonly headersMs: number
  /** For the whole request. */
  readonly requestMs: number
  /** Without a byte in either direction: longer than any operation, so that what is cut is a reader that has stopped reading. */
  readonly silenceMs: number
}

const PATIENCE: Patience = { headersMs: 5000, requestMs: 15_000, silenceMs: 60_000 }

const JSON_TYPE = 'application/json; charset=utf-8'
const PATH = '/graphql'

const pathOf = ({ url = '/' }: IncomingMessage): string => {
  const mark = url.indexOf('?')
  return mark < 0 ? url : url.slice(0, mark)
}

const notFound = (request: IncomingMessage, response: ServerResponse): void => {
  const language = languageOf(request.headers['accept-language'])
  const { remedy } = ERROR_CODES.NOT_FOUND
  const message = language === 'zh' ? '没有这个地址。' : 'There is nothing at this address.'
  const error = {
    message,
    extensions: { code: 'NOT_FOUND', remedy: language === 'zh' ? 'GraphQL 位于 /graphql。' : `GraphQL is at /graphql. ${remedy.en}` },
  }
  writeAnswer(response, 404, [...headerBlock(JSON_TYPE), 'connection', 'close'], jsonText({ errors: [error] }))
}

/** Time in which a first request that was already sent reaches a door that closes. */
const LAST_WORD_MS = 100

/** Opens the door on a loopback or configured address. Routes: `/graphql`, `/health/live`, `/health/ready`, then the host's own. */
export const openHttpDoor = async (options: {
  readonly host: string
  readonly port: number
  readonly graphql: GraphqlDoor
  /** Left out: upgrades are refused. */
  readonly webSocket?: WebSocketDoor
  readonly readiness: () => Readiness
  readonly corsOrigins: readonly string[]
  readonly extraRoutes: ExtraRoutes | undefined
  /** Spoken to those who ask for neither Chinese nor English; Chinese unless said. */
  readonly defaultLanguage?: Language | undefined
  /** Told of every new connection. */
  readonly onConnection?: (() => void) | undefined
  /** For tests. */
  readonly patience?: Patience
}): Promise<HttpDoor> => {
  let isClosing = false
  const { defaultLanguage } = options
  /** Settled here once, so that every way in speaks the same. */
  const settleLanguage = ({ headers }: IncomingMessage): void => {
    if (defaultLanguage !== undefined) headers['accept-language'] = languageOf(headers['accept-language'], defaultLanguage)
  }
  const route = (request: IncomingMessage, response: ServerResponse): void => {
    settleLanguage(request)
    // A connection that was busy when the door closed would otherwise be kept alive and hold the process.
    response.once('close', () => {
      if (isClosing) setImmediate(() => server.closeIdleConnections())
    })
    const path = pathOf(request)
    if (path === PATH) {
      if (request.method === 'OPTIONS') {
        response.writeHead(204, [...preflightHeaders(request, options.corsOrigins), 'allow', 'GET, HEAD, POST, OPTIONS']).end()
        return
      }
      // The door answers its own faults; what is left is a socket that went away.
      options.graphql(request, response).catch(() => response.destroy())
    } else if (path === '/health/live') {
      writeAnswer(response, 200, headerBlock(JSON_TYPE), '{"status":"live"}')
    } else if (path === '/health/ready') {
      const { status, body } = readinessAnswer(options.readiness())
      writeAnswer(response, status, headerBlock(JSON_TYPE), jsonText(body))
    } else if (!(options.extraRoutes?.(request, response) ?? false)) {
      notFound(request, response)
    }
  }
  const { headersMs, requestMs, silenceMs } = options.patience ?? PATIENCE
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      // Node looks at those two every 30 s unless told otherwise.
      connectionsCheckingInterval: Math.min(1000, headersMs),
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
    },
    route,
  )
  server.setTimeout(silenceMs)
  if (options.onConnection !== undefined) server.on('connection', options.onConnection)
  /** Spare connections of browsers and pools: Node does not count one as idle before its first request, so it would hold the door open. */
  const connections = new Set<Socket>()
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  server.on('upgrade', (request, socket, head) => {
    const { webSocket } = options
    settleLanguage(request)
    // Nobody else is offered an upgrade: the connection is of no use to whoever asked.
    if (webSocket === undefined || pathOf(request) !== PATH) refuseUpgrade(socket, 404)
    else webSocket.upgrade(request, socket, head)
  })
  await listen(server, options.port, options.host)
  return {
    port: (server.address() as AddressInfo).port,
    async close(graceMs) {
      isClosing = true
      const closed = new Promise<void>((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs)
        server.close(() => {
          clearTimeout(cut)
          resolve()
        })
        server.closeIdleConnections()
        // What was sent before the door closed may still be on its way.
        setTimeout(() => {
          for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
        }, LAST_WORD_MS)
      })
      // The server counts upgraded sockets too, but leaves them alone.
      await Promise.all([closed, options.webSocket?.close(graceMs)])
    },
  }
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
