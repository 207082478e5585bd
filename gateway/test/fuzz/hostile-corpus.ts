/** One request as it goes over the wire. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer | null
}

const JSON_TYPE = { 'content-type': 'application/json' }

const raw = (body: string | Buffer, headers: Readonly<Record<string, string>> = JSON_TYPE): WireRequest => ({
  method: 'POST',
  path: '',
  headers,
  body,
})
const post = (body: unknown, headers?: Readonly<Record<string, string>>): WireRequest => raw(JSON.stringify(body), headers)
const query = (text: string, variables?: unknown): WireRequest => post({ query: text, variables })
const get = (parameters: string, headers: Readonly<Record<string, string>>): WireRequest => ({
  method: 'GET',
  path: `?${parameters}`,
  headers,
  body: null,
})

const times = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_, index) => text(index)).join(' ')
const nest = (depth: number, open: string, middle: string, close: string): string => open.repeat(depth) + middle + close.repeat(depth)
const doubling = (levels: number): string =>
  `{ me { ...F0 } } ${times(levels, (n) => `fragment F${n} on Person { a: favourite { author { ...F${n + 1} } } b: favourite { author { ...F${n + 1} } } }`)} fragment F${levels} on Person { id }`

/** Requests made to hurt, each by the name of the advisory or of the trick. They use the three awkward subgraphs of the fixtures. */
export const HOSTILE: ReadonlyArray<readonly [string, WireRequest]> = [
  ['CVE-2025-32030: reused fragments double at every level', query(doubling(16))],
  [
    'CVE-2025-32031: the same with named fragments alone',
    query(
      `{ me { ...A0 } } ${times(40, (n) => `fragment A${n} on Person { ...A${n + 1} ...A${n + 1} ...A${n + 1} }`)} fragment A40 on Person { id }`,
    ),
  ],
  [
    'CVE-2025-32032: fragments on every type at every depth',
    query(
      nest(12, '{ feed { ... on Person { favourite { author { friends ', '{ id }', ' } } } } }').replace(/\{ feed/g, (found, at: number) =>
        at === 0 ? found : '{ id',
      ),
    ),
  ],
  ['CVE-2025-32034: inline fragments without end', query(`{ me ${nest(1500, '{ ... on Person ', '{ id }', ' }')} }`)],
  [
    'CVE-2025-31496: thousands of spreads of one fragment',
    query(`{ me { ${'...F '.repeat(3000)} } } fragment F on Person { id name score friends { id } }`),
  ],
  [
    'CVE-2024-43414: recursion through the same entity',
    query(nest(300, '{ me { friends ', '{ id }', ' } }').replace(/friends \{ me/g, 'friends { friends')),
  ],
  ['fragments in a circle', query('{ me { ...A } } fragment A on Person { ...B } fragment B on Person { friends { ...A } }')],
  ['CVE-2026-32621: __proto__ as an alias', query('{ __proto__: me { id } constructor: me { prototype: name } }')],
  [
    'CVE-2026-32621: __proto__ in variables',
    raw('{"query":"query Q($f: Filter!) { count(filter: $f) }","variables":{"f":{"__proto__":{"polluted":true},"min":1}}}'),
  ],
  [
    'CVE-2026-32621: __proto__ beside the query',
    raw('{"query":"{ me { id } }","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  ],
  [
    'CVE-2026-32621: __proto__ as operation and variable',
    raw(
      '{"query":"query __proto__($__proto__: Int) { me { score(k: $__proto__) } }","operationName":"__proto__","variables":{"__proto__":1}}',
    ),
  ],
  ['GHSA-hff2-gcpx-8f4p: GET with a type that needs no preflight', get('query=%7Bme%7Bid%7D%7D', { 'content-type': 'text/plain' })],
  ['GHSA-9q82-xgwf-vj6h: GET with an odd type', get('query=%7Bme%7Bid%7D%7D', { 'content-type': 'message/rfc822' })],
  ['a mutation by GET', get('query=mutation%7Bthird%7D', { 'hub-client': 'x', 'x-requested-with': 'x' })],
  ['POST as a form', raw('query={me{id}}', { 'content-type': 'application/x-www-form-urlencoded' })],
  ['POST as multipart', raw('--x\r\n\r\n{}\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x' })],
  [
    'CVE-2026-23897: an exotic charset',
    raw(Buffer.from('{"query":"{ me { id } }"}', 'utf16le'), { 'content-type': 'application/json; charset=utf-16le' }),
  ],
  ['CVE-2026-23897: a charset nobody knows', raw('{"query":"{ me { id } }"}', { 'content-type': 'application/json; charset=cp866' })],
  ['bytes that are no UTF-8', raw(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22, 0x7d]))],
  ['CVE-2023-26144: overlapping fields', query(`{ ${times(1900, () => 'me { id }')} }`)],
  [
    'GHSA-fc86-6rv6-2jpm: overlapping fields below fragments',
    query(`{ ${times(300, () => 'me { ...F }')} } fragment F on Person { ${times(300, () => 'friends { id }')} }`),
  ],
  [
    'CVE-2026-30241: too deep, as any transport would say',
    query(nest(40, '{ me { friends ', '{ id }', ' } }').replace(/friends \{ me/g, 'friends { friends')),
  ],
  ['one alias after the other', query(`{ ${times(400, (n) => `a${n}: me { id }`)} }`)],
  ['guessing by aliases', query(`{ ${times(29, (n) => `a${n}: person(id: "p${n}") { email }`)} }`)],
  ['a batch', post([{ query: '{ me { id } }' }, { query: '{ me { id } }' }])],
  ['directives by the thousand', query(`{ me ${'@include(if: true) '.repeat(900)} { id } }`)],
  ['directives nobody knows', query('{ me { id @a @b(c: [[[[]]]]) } }')],
  [
    'introspection by aliases',
    query(`{ ${times(19, (n) => `s${n}: __schema { types { fields { type { ofType { ofType { name } } } } } }`)} }`),
  ],
  ['introspection in depth', query(`{ __schema { types ${nest(10, '{ fields { type ', '{ name }', ' } }')} } }`)],
  ['@defer', query('{ me { id ... @defer { score } } }')],
  ['_entities from outside', query('{ _entities(representations: [{ __typename: "Person", id: "p1" }]) { ... on Person { email } } }')],
  ['_service from outside', query('{ _service { sdl } }')],
  [
    'assertion headers from outside',
    post(
      { query: '{ me { email } }' },
      { ...JSON_TYPE, 'hub-assertion': 'e30.e30.e30', 'hub-deadline': '0', signature: 'x', 'x-forwarded-for': '127.0.0.1', cookie: 'a=b' },
    ),
  ],
  ['JSON in depth', raw(`{"query":"{ me { id } }","variables":${nest(15_000, '[', '', ']')}}`)],
  ['objects in depth', raw(`{"query":"query Q($f: Filter!) { count(filter: $f) }","variables":{"f":${nest(3000, '{"a":', '1', '}')}}}`)],
  ['literals in depth', query(`{ count(filter: { tags: ${nest(700, '[', '"a"', ']')} }) }`)],
  ['a number beyond all', raw('{"query":"query Q($k: Int) { me { score(k: $k) } }","variables":{"k":1e999}}')],
  ['a variable that is a document', query('query Q($k: Int) { me { score(k: $k) } }', { k: '{ me { id } }' })],
  ['a body of spaces', raw(' '.repeat(32_000))],
  ['an empty body', raw('')],
  ['a body too large', raw(JSON.stringify({ query: `{ me { id } } #${'x'.repeat(200_000)}` }))],
  ['a comment that never ends', query(`{ me { id } } #${'x'.repeat(30_000)}`)],
  ['a string that never ends', query(`{ person(id: "${'x'.repeat(20_000)} }`)],
  ['block strings with indentation', query(`{ person(id: """${'\n   '.repeat(5000)}""") { id } }`)],
  ['surrogates alone', raw('{"query":"{ person(id: \\"\\ud800\\") { id } }"}')],
  ['escapes of the new kind', query('{ person(id: "\\u{110000}") { id } }')],
  ['null bytes', raw('{"query":"{ me { id\\u0000 } }"}')],
  ['a byte order mark', raw('\ufeff{"query":"{ me { id } }"}')],
  ['keys twice', raw('{"query":"{ me { id } }","query":"{ me { name } }"}')],
  ['no query at all', post({ variables: {} })],
  ['a query that is no text', post({ query: { me: 1 } })],
  ['variables that are a list', post({ query: '{ me { id } }', variables: [1] })],
  ['an operation name that is a number', post({ query: '{ me { id } }', operationName: 7 })],
  ['extensions as a trap', post({ query: '{ me { id } }', extensions: { persistedQuery: { version: 1, sha256Hash: '__proto__' } } })],
  ['a document id from nowhere', post({ documentId: `sha256:${'0'.repeat(64)}` })],
  ['a document id with a path', post({ documentId: '../../etc/passwd' })],
  ['operations by the hundred', query(times(300, (n) => `query Q${n} { me { id } }`))],
  ['a subscription by POST', query('subscription { me { id } }')],
  ['type system in a request', query('{ me { id } } type Person { evil: Int } extend schema @link(url: "x")')],
  ['a fragment on what is no object', query('{ me { ...F } } fragment F on Kind { id }')],
  [
    'keys that collide with what the hub adds',
    query('{ me { __hub_empty: id _a_x: name x: email _r0_score: score _internal_qp_alias_0: id } feed { __typename: id } }'),
  ],
  ['aliases that are methods', query('{ toString: me { hasOwnProperty: id valueOf: name toJSON: email then: score(k: 1) } }')],
]
