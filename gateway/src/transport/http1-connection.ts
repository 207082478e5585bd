import type { Socket } from 'node:net'

import { createChunkReader, type ChunkReader } from './http1-chunks.js'
import { readHttp1Head, type Http1Head } from './http1-head.js'

/** Who waits for an answer. Called in this order, `onData` any number of times; `onError` or `onComplete` last. */
export interface AnswerSink {
  /** Before anything is sent; `abort` closes the connection, after which nothing is told any more. */
  onConnect(abort: () => void): void
  isOver(): boolean
  onHead(status: number, head: Http1Head): void
  /** The bytes lie in the socket's buffer: use them, or copy them at `onWait`. */
  onData(chunk: Buffer): void
  /** More has to be read; bytes that were told are other ones afterwards. */
  onWait(): void
  onComplete(): void
  onError(cause: Error): void
}

/** One connection, on which one call at a time is made. */
export interface Http1Connection {
  readonly socket: Socket
  /** Sends a request, whole and encoded, and tells its answer to the sink. */
  send(request: string, sink: AnswerSink): void
  /** Bytes that the socket has read. */
  take(bytes: Buffer): void
  /** The party has ended its side. */
  end(): void
  /** The socket is closed. */
  closed(error: Error | null): void
}

const MAX_HEAD_BYTES = 16 * 1024
const MAX_EARLY_HEADS = 16
const END_OF_HEAD = Buffer.from('\r\n\r\n')

/** Raised when a party does not speak HTTP/1.1 as it must. */
export class ProtocolBroken extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ProtocolBroken'
  }
}

/**
 * Reads answers from one connection. Whatever is not plainly right closes it: bytes nobody asked for, bytes behind an answer, heads
 * that could be read in two ways. `onFree` tells that another call may be made, within so many milliseconds.
 */
export const createHttp1Connection = (socket: Socket, onFree: (keepMs: number) => void): Http1Connection => {
  let sink: AnswerSink | null = null
  let head: Http1Head | null = null
  let early: Buffer | null = null
  let earlyHeads = 0
  let leftBytes = 0
  let chunks: ChunkReader | null = null

  const fail = (error: Error): void => {
    const waiting = sink
    sink = null
    socket.destroy()
    waiting?.onError(error)
  }
  const abort = (): void => {
    sink = null
    socket.destroy()
  }
  /** The answer is whole; `rest` bytes came behind it. */
  const complete = (rest: number): void => {
    const waiting = sink as AnswerSink
    const keepMs = head?.keepMs ?? 0
    sink = null
    head = null
    const isReusable = keepMs > 0 && rest === 0 && socket.writableLength === 0 && !socket.destroyed
    if (!isReusable) socket.destroy()
    waiting.onComplete()
    if (isReusable) onFree(keepMs)
  }

  /** Reads heads until one is final; gives the index behind it, -1 when more is needed or the connection is gone. */
  const takeHead = (bytes: Buffer): number => {
    for (let at = 0; ;) {
      const to = bytes.indexOf(END_OF_HEAD, at)
      if ((to === -1 ? bytes.length : to) - at > MAX_HEAD_BYTES) return (fail(new ProtocolBroken('a head without end')), -1)
      if (to === -1) {
        // The bytes lie in a buffer that the next read overwrites.
        early = Buffer.from(bytes.subarray(at))
        return -1
      }
      const found = readHttp1Head(bytes.toString('latin1', at, to))
      at = to + END_OF_HEAD.length
      if (found === null || found.status === 100 || found.status === 101) return (fail(new ProtocolBroken('a head that is not taken')), -1)
      if (found.status < 200) {
        if (++earlyHeads > MAX_EARLY_HEADS) return (fail(new ProtocolBroken('early heads without end')), -1)
        continue
      }
      head = found
      chunks = found.bodyEnd.kind === 'chunks' ? createChunkReader() : null
      leftBytes = found.bodyEnd.kind === 'length' ? found.bodyEnd.bytes : Infinity
      sink?.onHead(found.status, found)
      return at
    }
  }
  const tell = (data: Buffer): boolean => {
    if (data.length > 0) sink?.onData(data)
    return sink !== null
  }
  const takeBody = (bytes: Buffer, at: number): void => {
    if (chunks !== null) {
      const end = chunks.read(bytes, at, tell)
      if (sink === null) return
      if (end === null) fail(new ProtocolBroken('chunks that are none'))
      else if (end === -1) sink.onWait()
      else complete(bytes.length - end)
      return
    }
    const to = Math.min(bytes.length, at + leftBytes)
    leftBytes -= to - at
    if (!tell(bytes.subarray(at, to))) return
    if (leftBytes === 0) complete(bytes.length - to)
    else sink?.onWait()
  }

  return {
    socket,
    send(request, waiting) {
      sink = waiting
      earlyHeads = 0
      early = null
      head = null
      waiting.onConnect(abort)
      if (!waiting.isOver()) socket.write(request, 'latin1')
    },
    take(bytes) {
      if (sink === null) return void socket.destroy()
      if (head !== null) return takeBody(bytes, 0)
      const whole = early === null ? bytes : Buffer.concat([early, bytes])
      early = null
      const at = takeHead(whole)
      if (at !== -1 && sink !== null) takeBody(whole, at)
    },
    end() {
      if (sink === null) socket.destroy()
      else if (head?.bodyEnd.kind === 'close') complete(0)
      else fail(new ProtocolBroken('the connection ended before the answer'))
    },
    closed(error) {
      const waiting = sink
      sink = null
      waiting?.onError(error ?? new ProtocolBroken('the connection was closed'))
    },
  }
}
