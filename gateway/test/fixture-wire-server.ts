import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'

/** A server on loopback that answers as a test says. */
export interface WireServer {
  readonly url: string
  readonly port: number
  readonly received: { readonly headers: IncomingHttpHeaders; readonly rawHeaders: string[]; readonly body: Buffer }[]
  /** Connections that are open now. */
  connections(): Promise<number>
  /** Connections that were ever made. */
  accepted(): number
  close(): Promise<void>
}

/** Starts an HTTP server; every request is read whole before `answer` is asked. */
export const startWireServer = async (
  answer: (response: ServerResponse, body: Buffer, request: IncomingMessage) => void,
): Promise<WireServer> => {
  const received: WireServer['received'] = []
  let accepted = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      received.push({ headers: request.headers, rawHeaders: request.rawHeaders, body })
      answer(response, body, request)
    })
  })
  server.on('connection', () => {
    accepted += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    port,
    received,
    accepted: () => accepted,
    connections: () => new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Starts a bare TCP server that speaks whatever a test writes, for answers no HTTP server would give. */
export const startTcpServer = async (
  speak: (socket: Socket, request: Buffer) => void,
): Promise<{ readonly url: string; readonly port: number; close(): Promise<void> }> => {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('data', (request) => speak(socket, request))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
