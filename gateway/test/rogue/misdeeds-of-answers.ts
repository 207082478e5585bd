import { SECRET, type Misdeed, type Occasion } from './rogue-party.js'

/** Sends the honest answer with changes in its parsed data. */
const changed =
  (change: (occasion: Occasion) => unknown): Misdeed =>
  (occasion) => {
    change(occasion)
    const list = occasion.entities
    const data = list === null ? occasion.data : Object.fromEntries(Object.keys(occasion.data).map((key) => [key, list]))
    occasion.send(JSON.stringify({ data }))
  }

/** Changes each entity. */
const eachEntity = (change: (entity: Record<string, unknown>) => void): Misdeed => changed(({ entities }) => entities?.forEach(change))

/** Sends the same text whatever was asked. */
const text =
  (body: string | Buffer): Misdeed =>
  ({ send }) =>
    send(body)

/** Sends the honest text after a change of its characters. */
const edited =
  (edit: (honest: string) => string | Buffer): Misdeed =>
  ({ send, honest }) =>
    send(edit(honest))

/** Puts a value in the place of every number, which is what the fields of the rogue hold. */
const numbers = (value: string): Misdeed => edited((honest) => honest.replace(/:\s*-?\d+(?=[,}\]])/g, `:${value}`))

const errors = (list: unknown): Misdeed => text(JSON.stringify({ data: null, errors: list }))

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

/** Ways to misbehave in the answer itself. Some leave data that is formally right: then it is the rogue's own fields that are wrong. */
export const ANSWER_MISDEEDS: ReadonlyArray<readonly [string, Misdeed]> = [
  ['sends nothing', text('')],
  ['sends blanks', text('   \n')],
  ['sends null', text('null')],
  ['sends a list', text('[]')],
  ['sends a string', text(`"${SECRET}"`)],
  ['sends an empty object', text('{}')],
  ['sends data null without errors', text('{"data":null}')],
  ['sends data as a list', text('{"data":[]}')],
  ['sends data as a string', text(`{"data":"${SECRET}"}`)],
  ['sends data as a number', text('{"data":1}')],
  ['sends half an answer', edited((honest) => honest.slice(0, honest.length >> 1))],
  ['sends two answers', edited((honest) => honest + honest)],
  ['sends words behind the answer', edited((honest) => `${honest} ${SECRET}`)],
  ['sends a byte order mark', edited((honest) => `\ufeff${honest}`)],
  ['sends comments', edited((honest) => honest.replace('{', '{/* x */'))],
  ['sends single quotes', edited((honest) => honest.replaceAll('"', "'"))],
  ['sends trailing commas', edited((honest) => honest.replaceAll('}', ',}'))],
  [
    'sends bytes that are no UTF-8',
    edited((honest) => Buffer.concat([Buffer.from(honest.slice(0, -1)), Buffer.from([0x2c, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])])),
  ],
  ['sends overlong UTF-8', text(Buffer.concat([Buffer.from('{"data":{"x":"'), Buffer.from([0xc0, 0x80]), Buffer.from('"}}')]))],
  ['sends UTF-16', edited((honest) => Buffer.from(honest, 'utf16le'))],
  ['sends raw control characters in strings', edited((honest) => honest.replace('"data"', '"x":"\u0001\n","data"'))],
  ['sends keys with NUL', edited((honest) => honest.replace('"data"', '"x\\u0000":1,"data"'))],
  ['sends 1e999', numbers('1e999')],
  ['sends -1e999', numbers('-1e999')],
  ['sends NaN', numbers('NaN')],
  ['sends Infinity', numbers('Infinity')],
  ['sends leading zeros', numbers('007')],
  ['sends hexadecimal', numbers('0x10')],
  ['sends a number of a million digits', numbers('1'.repeat(1_000_000))],
  ['sends halves for whole numbers', numbers('1.5')],
  ['sends strings for numbers', numbers(`"${SECRET}"`)],
  ['sends booleans for numbers', numbers('true')],
  ['sends objects for numbers', numbers(`{"a":"${SECRET}"}`)],
  ['sends lists for numbers', numbers(`["${SECRET}"]`)],
  ['sends lone surrogates for numbers', numbers('"\\ud800"')],
  ['sends numbers for objects', eachEntity((entity) => Object.assign(entity, { stats: 1, _a_stats: 1 }))],
  ['sends lists for objects', eachEntity((entity) => Object.assign(entity, { stats: [entity['stats']], _a_stats: [entity['stats']] }))],
  ['sends entities that were not asked', changed(({ entities }) => entities?.push({ __typename: 'Person', score: 666 }))],
  ['sends fewer entities', changed(({ entities }) => entities?.pop())],
  ['sends no entities', changed(({ entities }) => entities?.splice(0))],
  [
    'sends a hundred thousand entities',
    changed(({ entities }) => entities?.push(...Array.from({ length: 100_000 }, () => ({ score: 666 })))),
  ],
  ['sends entities as an object', edited((honest) => honest.replace(/\[(\{.*\})\]/, '{"0":$1}'))],
  [
    'sends entities in lists',
    changed(({ entities }) => entities?.splice(0, entities.length, ...entities.map((entity) => [entity] as never))),
  ],
  ['sends strings for entities', changed(({ entities }) => entities?.fill(SECRET as never))],
  ['sends null for entities', changed(({ entities }) => entities?.fill(null as never))],
  ['sends entities of another type', eachEntity((entity) => Object.assign(entity, { __typename: 'Book', _a___typename: 'Book' }))],
  ['sends entities of a type that nobody knows', eachEntity((entity) => Object.assign(entity, { __typename: SECRET }))],
  ['sends a type name that is no name', eachEntity((entity) => Object.assign(entity, { __typename: { toString: 1 } }))],
  [
    'speaks for fields of others',
    eachEntity((entity) => Object.assign(entity, { id: SECRET, name: SECRET, _a_name: SECRET, permits: SECRET })),
  ],
  ['sends fields that nobody asked for', eachEntity((entity) => Object.assign(entity, { email: SECRET, [SECRET]: { a: [SECRET] } }))],
  ['sends keys in another order', edited((honest) => honest.replace(/\{("[^"]+":[^,{}]+),("[^"]+":[^,{}]+)\}/g, '{$2,$1}'))],
  ['sends keys twice', edited((honest) => honest.replaceAll('{"', `{"x":"${SECRET}","x":2,"`))],
  ['sends data twice', edited((honest) => honest.replace('{"data"', `{"data":{"count":666,"_entities":"${SECRET}"},"data"`))],
  ['sends keys by escapes', edited((honest) => honest.replaceAll('"score"', '"\\u0073core"'))],
  ['sends __proto__ at the top', edited((honest) => honest.replace('{', '{"__proto__":{"polluted":true},'))],
  ['sends __proto__ in data', edited((honest) => honest.replace('{"data":{', '{"data":{"__proto__":{"polluted":true},'))],
  ['sends __proto__ in entities', edited((honest) => honest.replaceAll('{"', '{"__proto__":{"polluted":true},"'))],
  ['sends constructor in entities', edited((honest) => honest.replaceAll('{"', '{"constructor":{"prototype":{"polluted":true}},"'))],
  ['sends prototype by escapes', edited((honest) => honest.replaceAll('{"', '{"\\u005f_proto__":{"polluted":true},"'))],
  ['nests a hundred thousand lists in a key of its own', edited((honest) => honest.replace('{', `{"x":${deep(100_000)},`))],
  ['nests a hundred thousand lists in a field', numbers(deep(100_000))],
  ['nests a hundred thousand objects', numbers('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000))],
  ['opens a million brackets', text('{"data":' + '['.repeat(1_000_000))],
  ['sends a string without end', edited((honest) => honest.replace('{', `{"x":"${'x'.repeat(1_000_000)}`))],
  [
    'sends two hundred thousand keys',
    edited((honest) => honest.replace('{', `{${Array.from({ length: 200_000 }, (_, n) => `"k${n}":1`).join()},`)),
  ],
  ['sends a field of a hundred thousand items', numbers(`[${'1,'.repeat(99_999)}1]`)],
  ['sends seven megabytes of blanks', edited((honest) => honest + ' '.repeat(7 * 1024 * 1024))],
  ['sends errors as an object', errors({ message: SECRET })],
  ['sends errors as a string', errors(SECRET)],
  ['sends no errors beside no data', errors([])],
  ['sends errors without a message', errors([{}])],
  ['sends errors that are null', errors([null])],
  ['sends errors with a message that is an object', errors([{ message: { a: SECRET } }])],
  ['sends a thousand errors', errors(Array.from({ length: 1000 }, (_, n) => ({ message: `error ${n}` })))],
  ['sends an error of a megabyte', errors([{ message: 'x'.repeat(1_000_000) }])],
  [
    'sends stack traces',
    errors([{ message: 'x', stack: SECRET, extensions: { stacktrace: [SECRET], exception: { stack: SECRET }, secret: SECRET } }]),
  ],
  ['sends codes that are no codes', errors([{ message: 'x', extensions: { code: `<b>${SECRET}</b>` } }])],
  ['speaks for another party in errors', errors([{ message: 'x', extensions: { code: 'INTERNAL', party: SECRET, traceId: SECRET } }])],
  ['sends paths that lead elsewhere', errors([{ message: 'x', path: ['permits', 0, 'code'] }])],
  ['sends paths without end', errors([{ message: 'x', path: Array.from({ length: 100_000 }, () => SECRET) }])],
  ['sends paths of objects', errors([{ message: 'x', path: [{ a: SECRET }, null, 1.5] }])],
  ['sends extensions', edited((honest) => honest.replace('{', `{"extensions":{"secret":"${SECRET}"},`))],
  [
    'speaks HTTP/1.0 and closes',
    ({ socket, honest }) => void socket.end(`HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n${honest}`),
  ],
  [
    'gives early hints first',
    ({ response, send, honest }) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' })
      send(honest)
    },
  ],
  [
    'sets cookies and cache headers',
    ({ send, honest }) =>
      send(honest, {
        'set-cookie': [`a=${SECRET}`, `b=${SECRET}`],
        'cache-control': 'public, max-age=9999',
        'x-injected': SECRET,
        'access-control-allow-origin': '*',
      }),
  ],
  [
    'answers a second time unasked',
    ({ raw, honest }) => {
      const forged = honest.replace(/:\d+/g, ':666')
      const one = (body: string): string =>
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
      raw(one(honest) + one(forged))
    },
  ],
]
