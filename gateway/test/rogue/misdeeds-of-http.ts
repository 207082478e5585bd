import { gzipSync } from 'node:zlib'

import { SECRET, type Misdeed, type Occasion } from './rogue-party.js'

const MAX_ANSWER_BYTES = 8 * 1024 * 1024
const JSON_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

const status =
  (code: number, type = 'application/json', body?: string): Misdeed =>
  ({ response, honest }) =>
    void response.writeHead(code, { 'content-type': type, 'x-secret': SECRET }).end(body ?? honest)

const type =
  (contentType: string | null, body?: string): Misdeed =>
  ({ response, honest }) =>
    void response.writeHead(200, contentType === null ? {} : { 'content-type': contentType }).end(body ?? honest)

/** Writes the same bytes again for as long as somebody takes them. */
const forever = ({ socket }: Occasion, bytes: string | Buffer): void => {
  const more = (): void => {
    if (socket.destroyed) return
    while (socket.write(bytes));
    socket.once('drain', more)
  }
  more()
}

const drip = ({ socket }: Occasion, bytes: string): void => {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(bytes)), 5)
  socket.on('close', () => clearInterval(timer))
}

/** A bomb: 100 MB of spaces in 100 KB. */
const BOMB = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '))

/** Ways to misbehave in HTTP itself: none of them may bring an answer. `trapUrl` is a place to which no call may ever go. */
export const httpMisdeeds = (trapUrl: () => string): ReadonlyArray<readonly [string, Misdeed]> => [
  ...[301, 302, 303, 307, 308].map(
    (code) => [`redirects with ${code}`, ({ response }: Occasion) => void response.writeHead(code, { location: trapUrl() }).end()] as const,
  ),
  [
    'sends a whole answer with a redirect',
    ({ response, honest }) => void response.writeHead(307, { location: trapUrl(), 'content-type': 'application/json' }).end(honest),
  ],
  ['says 400 beside good data', status(400)],
  ['says 401 with a challenge', ({ response }) => void response.writeHead(401, { 'www-authenticate': `Basic realm="${SECRET}"` }).end()],
  ['says 404', status(404, 'text/html', `<p>${SECRET}`)],
  ['says 429', ({ response }) => void response.writeHead(429, { 'retry-after': '999999' }).end()],
  ['says 500 beside good data', status(500)],
  ['says 500 with a stack trace', status(500, 'application/json', `{"errors":[{"message":"x","stack":"at ${SECRET}.js:1"}]}`)],
  ['says 502 with a page', status(502, 'text/html', `<pre>${SECRET}</pre>`)],
  [
    'says 503 without end',
    (occasion) => (
      occasion.raw('HTTP/1.1 503 No\r\ntransfer-encoding: chunked\r\n\r\n'),
      forever(occasion, '1000\r\n' + 'x'.repeat(4096) + '\r\n')
    ),
  ],
  ['says 204', ({ response }) => void response.writeHead(204).end()],
  ['answers as text/html', type('text/html')],
  ['answers as text/plain', type('text/plain')],
  ['answers as application/jsonp', type('application/jsonp')],
  ['answers without a type', type(null)],
  ['answers as multipart', type('multipart/mixed; boundary=x', `--x\r\ncontent-type: application/json\r\n\r\n{}\r\n--x--`)],
  [
    'answers an event stream without end',
    (occasion) => (occasion.raw('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n'), drip(occasion, ': x\n\n')),
  ],
  ['compresses unasked', ({ send, honest }) => send(gzipSync(honest), { 'content-encoding': 'gzip' })],
  ['sends a gzip bomb unasked', ({ send }) => send(BOMB, { 'content-encoding': 'gzip' })],
  ['claims a coding that nobody knows', ({ send, honest }) => send(honest, { 'content-encoding': SECRET })],
  ['sends compressed bytes as JSON', ({ send, honest }) => send(gzipSync(honest))],
  ['announces nine gigabytes', ({ raw }) => raw(`${JSON_HEAD}content-length: 9000000000\r\n\r\n{`)],
  ['sends one byte more than the cap', ({ send, honest }) => send(honest + ' '.repeat(MAX_ANSWER_BYTES + 1 - Buffer.byteLength(honest)))],
  [
    'sends one byte more than the cap in chunks',
    ({ response, honest }) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(honest)
      response.end(' '.repeat(MAX_ANSWER_BYTES + 1 - Buffer.byteLength(honest)))
    },
  ],
  ['never ends its body', (occasion) => (occasion.raw(`${JSON_HEAD}\r\n`), forever(occasion, ' '.repeat(65_536)))],
  [
    'never ends its chunks',
    (occasion) => (occasion.raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n`), forever(occasion, `10000\r\n${' '.repeat(65_536)}\r\n`)),
  ],
  [
    'sends crumbs',
    (occasion) => (occasion.raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n`), forever(occasion, '1\r\n \r\n'.repeat(1000))),
  ],
  [
    'never ends its headers',
    (occasion) => (occasion.raw('HTTP/1.1 200 OK\r\n'), forever(occasion, `x-a: ${'x'.repeat(1000)}\r\n`.repeat(20))),
  ],
  ['sends a thousand headers', ({ raw }) => raw(`${JSON_HEAD}${`x-a: ${'x'.repeat(100)}\r\n`.repeat(1000)}content-length: 2\r\n\r\n{}`)],
  ['drips its body', (occasion) => (occasion.raw(`${JSON_HEAD}content-length: 100000\r\n\r\n{`), drip(occasion, ' '))],
  ['drips its headers', (occasion) => (occasion.raw('HTTP/1.1 200 OK\r\n'), drip(occasion, 'x-a: b\r\n'))],
  ['never answers', () => undefined],
  ['stops in the middle of its headers', ({ raw }) => raw('HTTP/1.1 200 OK\r\ncontent-ty')],
  ['stops in the middle of its body', ({ raw }) => raw(`${JSON_HEAD}content-length: 100\r\n\r\n{"data":`)],
  ['closes without a word', ({ socket }) => void socket.end()],
  ['resets the connection', ({ socket }) => void socket.resetAndDestroy()],
  [
    'resets in the middle of its body',
    ({ socket }) => void socket.write(`${JSON_HEAD}content-length: 100\r\n\r\n{"data":`, () => socket.resetAndDestroy()),
  ],
  ['closes in the middle of its body', ({ socket }) => void socket.end(`${JSON_HEAD}content-length: 100\r\n\r\n{"data":`)],
  ['closes in the middle of a chunk', ({ socket }) => void socket.end(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\nff\r\n{"data"`)],
  ['closes half of the connection', ({ socket }) => void (socket.setKeepAlive(false), socket.end())],
  ['announces two lengths', ({ raw, honest }) => raw(`${JSON_HEAD}content-length: ${honest.length}\r\ncontent-length: 5\r\n\r\n${honest}`)],
  [
    'announces a length and chunks',
    ({ raw }) => raw(`${JSON_HEAD}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
  ],
  ['announces a negative length', ({ raw }) => raw(`${JSON_HEAD}content-length: -1\r\n\r\n{}`)],
  ['announces a length in words', ({ raw }) => raw(`${JSON_HEAD}content-length: many\r\n\r\n{}`)],
  ['sends chunks whose size is no number', ({ raw }) => raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`)],
  ['sends a chunk of two to the sixty-fourth', ({ raw }) => raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n10000000000000000\r\n{}`)],
  ['uses a transfer coding that nobody knows', ({ raw }) => raw(`${JSON_HEAD}transfer-encoding: gzip, ${SECRET}\r\n\r\n{}`)],
  ['breaks a header line', ({ raw }) => raw(`${JSON_HEAD}x-bad\r\ncontent-length: 2\r\n\r\n{}`)],
  ['puts a NUL into a header', ({ raw }) => raw(`${JSON_HEAD}x-bad: a\0b\r\ncontent-length: 2\r\n\r\n{}`)],
  ['switches protocols', ({ raw }) => raw('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n')],
  ['continues for ever', (occasion) => forever(occasion, 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000))],
  ['gives early hints for ever', (occasion) => drip(occasion, 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n')],
  ['speaks another protocol', ({ raw }) => raw('SSH-2.0-OpenSSH_9.6\r\n')],
  ['speaks HTTP/0.9', ({ socket, honest }) => void socket.end(honest)],
  ['speaks TLS', ({ raw }) => raw(Buffer.from('150303000202280000000000', 'hex'))],
]
