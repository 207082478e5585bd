import { connect as connectPlain, type LookupFunction, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'

import type { Clock } from './clock.js'
import { createHttp1Connection, type AnswerSink, type Http1Connection } from './http1-connection.js'

/** Connections to one party. */
export interface Http1Pool {
  /** Sends a request on a free connection, a new one, or as soon as one is free. The sink is told everything else. */
  send(request: string, sink: AnswerSink): void
  /** Takes no more calls, and resolves when those that run have ended. */
  close(): Promise<void>
}

/** How connections are made. */
export interface Http1PoolOptions {
  readonly url: URL
  readonly clock: Clock
  readonly connections: number
  readonly lookup: LookupFunction | undefined
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string } | undefined
}

interface Idle {
  readonly connection: Http1Connection
  readonly untilMs: number
}

const SWEEP_MS = 1000

/** All plain sockets of the process read into it: what is in it is used up before the next read. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024)

/**
 * A pool of HTTP/1.1 connections without pipelining: the most recently used one first, so that surplus ones are let go after their
 * time. Opens no connection but for a call, and keeps none that was cut.
 */
export const createHttp1Pool = (options: Http1PoolOptions): Http1Pool => {
  const { url, clock } = options
  const idle: Idle[] = []
  const waiting: { readonly request: string; readonly sink: AnswerSink }[] = []
  let open = 0
  let onEmpty: (() => void) | null = null
  let isClosed = false
  let isSweeping = false
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname
  const isSecure = url.protocol === 'https:'
  const port = Number(url.port === '' ? (isSecure ? 443 : 80) : url.port)
  const common = { host, port, noDelay: true, keepAlive: true, ...(options.lookup === undefined ? {} : { lookup: options.lookup }) }
  let session: Buffer | undefined

  const openSocket = (take: (bytes: Buffer) => void): Socket => {
    if (!isSecure) {
      const onread = {
        buffer: readBuffer,
        callback(count: number, bytes: Uint8Array) {
          take((bytes as Buffer).subarray(0, count))
          return true
        },
      }
      return connectPlain({ ...common, onread })
    }
    const socket = connectSecure({
      ...common,
      ...options.tls,
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      ...(session === undefined ? {} : { session }),
      ALPNProtocols: ['http/1.1'],
    })
    socket.on('session', (latest: Buffer) => {
      session = latest
    })
    return socket.on('data', take)
  }

  const openConnection = (): Http1Connection => {
    let error: Error | null = null
    const socket = openSocket((bytes) => connection.take(bytes))
    open += 1
    const connection = createHttp1Connection(socket, (keepMs) => keep(connection, keepMs))
    socket.on('error', (cause) => {
      error = cause
    })
    socket.on('end', () => connection.end())
    socket.on('close', () => {
      open -= 1
      const at = idle.findIndex((other) => other.connection === connection)
      if (at !== -1) idle.splice(at, 1)
      connection.closed(error)
      serveNext()
      if (open === 0) onEmpty?.()
    })
    return connection
  }

  /** A certificate that cannot be read throws at once: calls of other parties that share the turn must not meet it. */
  const sendAnew = (request: string, sink: AnswerSink): void => {
    let connection: Http1Connection
    try {
      connection = openConnection()
    } catch (cause) {
      return sink.onError(cause as Error)
    }
    connection.send(request, sink)
  }

  const keep = (connection: Http1Connection, keepMs: number): void => {
    const next = nextWaiting()
    if (next !== undefined) return connection.send(next.request, next.sink)
    if (isClosed) return void connection.socket.destroy()
    idle.push({ connection, untilMs: clock.nowMs() + keepMs })
    if (!isSweeping) sweepLater()
  }
  const sweepLater = (): void => {
    isSweeping = true
    clock.setTimer(SWEEP_MS, () => {
      isSweeping = false
      const nowMs = clock.nowMs()
      for (const { connection, untilMs } of idle) if (untilMs <= nowMs) connection.socket.destroy()
      if (idle.length > 0) sweepLater()
    })
  }
  /** The connection that was used last; what was closed or is too old meanwhile is passed over. */
  const takeIdle = (): Http1Connection | undefined => {
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      if (last.untilMs > clock.nowMs() && !last.connection.socket.destroyed) return last.connection
      last.connection.socket.destroy()
    }
    return undefined
  }
  const nextWaiting = (): (typeof waiting)[number] | undefined => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) if (!next.sink.isOver()) return next
    return undefined
  }
  const serveNext = (): void => {
    if (open >= options.connections) return
    const next = nextWaiting()
    if (next !== undefined) sendAnew(next.request, next.sink)
  }

  return {
    send(request, sink) {
      const connection = takeIdle()
      if (connection !== undefined) connection.send(request, sink)
      else if (isClosed) sink.onError(new Error('the link is closed'))
      else if (open < options.connections) sendAnew(request, sink)
      else waiting.push({ request, sink })
    },
    async close() {
      isClosed = true
      for (const { connection } of idle.splice(0)) connection.socket.destroy()
      if (open > 0)
        await new Promise<void>((resolve) => {
          onEmpty = resolve
        })
    },
  }
}
