import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { createHttp1Connection } from './http1-connection.js'
import { readHttp1Head } from './http1-head.js'

describe('the head of an answer', () => {
  const head = (...lines: string[]) => readHttp1Head(['HTTP/1.1 200 OK', ...lines].join('\r\n'))

  it('tells type, coding, length and how long the connection may be kept', () => {
    expect(head('Content-Type: application/json; charset=utf-8 ', 'CONTENT-LENGTH:12', 'keep-alive: timeout=3')).toMatchObject({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      bodyEnd: { kind: 'length', bytes: 12 },
      keepMs: 2000,
    })
    expect(head('Transfer-Encoding: Chunked', 'connection: close')).toMatchObject({ bodyEnd: { kind: 'chunks' }, keepMs: 0 })
    expect(head()).toMatchObject({ bodyEnd: { kind: 'close' }, keepMs: 0 })
    expect(readHttp1Head('HTTP/1.0 200\r\ncontent-length: 1')).toMatchObject({ keepMs: 0 })
    expect(readHttp1Head('HTTP/1.1 204 No Content\r\ncontent-length: 9')).toMatchObject({ bodyEnd: { kind: 'length', bytes: 0 } })
  })

  it.each([
    ['two lengths', ['content-length: 1', 'content-length: 1']],
    ['lengths in a list', ['content-length: 1, 1']],
    ['a length with a sign', ['content-length: +1']],
    ['a length in hexadecimal', ['content-length: 0x1']],
    ['a length beyond any number', ['content-length: 9999999999999999']],
    ['a length beside chunks', ['content-length: 1', 'transfer-encoding: chunked']],
    ['another transfer coding', ['transfer-encoding: gzip, chunked']],
    ['two transfer codings', ['transfer-encoding: chunked', 'transfer-encoding: chunked']],
    ['a space before the colon', ['content-length : 1']],
    ['a folded line', ['x: a', ' content-length: 1']],
    ['a bare line feed', ['x: a\ncontent-length: 1']],
    ['a bare carriage return', ['x: a\rcontent-length: 1']],
    ['a NUL', ['x: a\0']],
    ['an empty name', [': a']],
    ['a line without a colon', ['x']],
  ])('is not taken with %s', (_, lines) => {
    expect(head(...lines)).toBeNull()
  })

  it.each([
    'HTTP/2 200',
    'HTTP/1.1  200',
    'HTTP/1.1 20',
    'HTTP/1.1 2000',
    'http/1.1 200',
    'HTTP/1.1 200\tOK',
    'HTTP/1.2 200',
    '',
    'ICY 200 OK',
  ])('is not taken with the first line "%s"', (line) => {
    expect(readHttp1Head(line)).toBeNull()
  })
  it('is not taken with chunks in HTTP/1.0', () => {
    expect(readHttp1Head('HTTP/1.0 200 OK\r\ntransfer-encoding: chunked')).toBeNull()
  })
})

/** Feeds bytes to a connection in pieces, through one buffer that is overwritten each time, and tells what its sink was told. */
const feed = (pieces: readonly Buffer[], ends = false) => {
  const told = { status: 0, body: '', outcome: '', free: 0 }
  const socket = Object.assign(new EventEmitter(), {
    destroyed: false,
    writableLength: 0,
    write: () => true,
    destroy: () => void (socket.destroyed = true),
  })
  const connection = createHttp1Connection(socket as unknown as Socket, () => void (told.free += 1))
  const kept: Buffer[] = []
  let lying: Buffer[] = []
  const keep = (): void => {
    kept.push(...lying.map((bytes) => Buffer.from(bytes)))
    lying = []
  }
  connection.send('', {
    onConnect: () => undefined,
    isOver: () => false,
    onHead: (status) => void (told.status = status),
    onData: (chunk) => void lying.push(chunk),
    onWait: keep,
    onComplete() {
      keep()
      told.outcome += 'whole'
      told.body = Buffer.concat(kept).toString('latin1')
    },
    onError: (cause) => void (told.outcome += cause.name),
  })
  const shared = Buffer.alloc(100_000)
  for (const piece of pieces) {
    if (socket.destroyed) break
    shared.fill(0x21)
    piece.copy(shared)
    connection.take(shared.subarray(0, piece.length))
  }
  if (ends && !socket.destroyed) connection.end()
  return { ...told, isClosed: socket.destroyed }
}

/** Cuts bytes at the given places. */
const cut = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...at].map((from, n) => bytes.subarray(from, at[n] ?? bytes.length)).filter((piece) => piece.length > 0)
}

const BODY = '{"data":{"name":"天生街道"}}'
const chunked = (body: Buffer, size: number): Buffer => {
  const parts: Buffer[] = []
  for (let at = 0; at < body.length; at += size) {
    const chunk = body.subarray(at, at + size)
    parts.push(Buffer.from(`${chunk.length.toString(16)};x=y\r\n`), chunk, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\nx-trailer: 1\r\n\r\n')])
}
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'
const bytes = Buffer.from(BODY)
const byLength = Buffer.concat([Buffer.from(`${HEAD}content-length: ${bytes.length}\r\n\r\n`), bytes])
const byChunks = Buffer.concat([Buffer.from(`HTTP/1.1 103 Early\r\n\r\n${HEAD}transfer-encoding: chunked\r\n\r\n`), chunked(bytes, 5)])
const seed = Math.floor(Math.random() * 2 ** 31)
process.stdout.write(`http1: seed ${seed}\n`)

describe('an answer on a connection', () => {
  it.each([
    ['by its length', byLength],
    ['in chunks', byChunks],
  ])('is the same however it is cut, %s', (_, answer) => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: answer.length }), { maxLength: 12 }), (places) => {
        expect(feed(cut(answer, places))).toEqual({
          status: 200,
          body: bytes.toString('latin1'),
          outcome: 'whole',
          free: 1,
          isClosed: false,
        })
      }),
      { seed, numRuns: 300 },
    )
  })

  it('is the same byte by byte', () => {
    for (const answer of [byLength, byChunks]) expect(feed(cut(answer, [...answer.keys()]))).toMatchObject({ outcome: 'whole', free: 1 })
  })

  it('that ends with the connection is whole then, and the connection is not kept', () => {
    expect(feed([Buffer.from(`${HEAD}\r\n`), bytes], true)).toMatchObject({ outcome: 'whole', free: 0, isClosed: true })
  })

  it('is taken with bytes behind it, but the connection is not kept', () => {
    for (const answer of [byLength, byChunks])
      expect(feed([Buffer.concat([answer, Buffer.from('H')])])).toMatchObject({ outcome: 'whole', free: 0, isClosed: true })
    expect(feed([byLength, byLength])).toMatchObject({ outcome: 'whole', free: 1, isClosed: true })
  })

  it.each([
    ['that ends too early', byLength.subarray(0, -1)],
    ['whose chunks end too early', byChunks.subarray(0, -1)],
    ['without a word', Buffer.alloc(0)],
    ['with half a head', byLength.subarray(0, 20)],
  ])('%s is none', (_, answer) => {
    expect(feed(answer.length === 0 ? [] : [answer], true)).toMatchObject({ outcome: 'ProtocolBroken', free: 0, isClosed: true })
  })

  it.each([
    ['a size of nine digits', '100000000\r\n'],
    ['a size with a sign', '-1\r\n'],
    ['no size', '\r\n'],
    ['a size that ends in a bare line feed', '1\nx\r\n'],
    ['a chunk that is longer than it says', '1\r\nxx\r\n'],
    ['an extension without end', `1;${'x'.repeat(300)}`],
    ['trailers without end', `0\r\n${'x: y\r\n'.repeat(2000)}`],
  ])('in chunks with %s is none', (_, body) => {
    expect(feed([Buffer.from(`${HEAD}transfer-encoding: chunked\r\n\r\n${body}`)])).toMatchObject({
      outcome: 'ProtocolBroken',
      isClosed: true,
    })
  })

  it('that was changed anywhere is whole, refused or unfinished, and told at most once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(byLength, byChunks),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat({ max: 300 }), { maxLength: 5 }),
        (answer, changes, places) => {
          const changed = Buffer.from(answer)
          for (const [at, byte] of changes) changed[at % changed.length] = byte
          const { outcome, free, isClosed } = feed(cut(changed, places), true)
          return ['whole', 'ProtocolBroken'].includes(outcome) && (free === 0 || outcome === 'whole') && (isClosed || free === 1)
        },
      ),
      { seed, numRuns: 1000 },
    )
  })
})
