import type { ServerResponse } from 'node:http'

import type { SubgraphAnswer } from '../port/index.js'

/** The event streams of one listener. */
export interface EventStreams {
  /**
   * Writes the answers of a subscription as server-sent events (graphql-sse, distinct connections): `next` for each answer, `complete` at its end.
   *
   * The next answer is asked for when the last one has left; whoever takes nothing for half a minute is cut.
   */
  serve(response: ServerResponse, subscribe: (signal: AbortSignal) => AsyncIterable<SubgraphAnswer>): Promise<void>
  /** Breaks all streams off, without `complete`: their readers shall know that there would have been more. */
  close(): void
}

const KEEP_ALIVE_MS = 12_000
/** Looks in which a reader may have taken nothing. */
const MAX_STUCK_LOOKS = 2
const HEAD = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }

interface OpenStream {
  readonly response: ServerResponse
  readonly leaving: AbortController
  stuckLooks: number
}

/** Resolves when the response takes more, or never will. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
    if (response.destroyed) done()
  })

/** Makes the streams of a listener; one timer keeps all of them alive through proxies that drop silent connections. */
export const createEventStreams = (keepAliveMs = KEEP_ALIVE_MS): EventStreams => {
  const open = new Set<OpenStream>()
  let isClosed = false
  const look = (): void => {
    for (const stream of open) {
      if (!stream.response.writableNeedDrain) {
        stream.stuckLooks = 0
        stream.response.write(':\n\n')
      } else if (++stream.stuckLooks > MAX_STUCK_LOOKS) {
        stream.response.destroy()
      }
    }
  }
  const timer = setInterval(look, keepAliveMs)
  timer.unref()
  return {
    async serve(response, subscribe) {
      const stream: OpenStream = { response, leaving: new AbortController(), stuckLooks: 0 }
      open.add(stream)
      response.on('close', () => stream.leaving.abort())
      // At once, so that the hub knows that the subscription has begun.
      response.writeHead(200, HEAD).write(':\n\n')
      try {
        for await (const answer of subscribe(stream.leaving.signal)) {
          if (!response.write(`event: next\ndata: ${JSON.stringify(answer)}\n\n`)) await drained(response)
        }
        if (isClosed || stream.leaving.signal.aborted) response.destroy()
        else response.end('event: complete\ndata:\n\n')
      } catch (error) {
        response.destroy()
        throw error
      } finally {
        open.delete(stream)
      }
    },
    close() {
      isClosed = true
      clearInterval(timer)
      for (const { leaving } of open) leaving.abort()
    },
  }
}
