import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { PARTY_NAMES, type TestPersona } from '@commonhall/harness'

import { startStreetHub } from '../../stories/street-hub.js'
import { ACTS } from '../../stories/suggestion-life/documents.js'
import { ask, send, type Outcome } from './hostile-caller.js'
import { FORBIDDEN_TEXTS, HOSTILE_GEOMETRIES, hostileIds, STRANGE_TEXTS } from './values.js'

type Stand = Awaited<ReturnType<typeof startStreetHub>>
type Who = 'nobody' | 'resident' | 'cadre' | 'officer' | 'worker'

/** The hub knows of every record only its id; whether there is one, only its owner knows. */
const OWN_FIELDS = '... on Suggestion { id number } ... on Community { id name } ... on Department { id code }'

/** Every root field that takes an id, with somebody who may ask it. */
const BY_ID: Readonly<Record<string, readonly [Who, string]>> = {
  node: ['nobody', `query ($id: ID!) { node(id: $id) { ${OWN_FIELDS} } }`],
  nodes: ['nobody', `query ($id: ID!) { nodes(ids: [$id]) { ${OWN_FIELDS} } }`],
  community: ['nobody', 'query ($id: ID!) { community(id: $id) { id name committee { id name } } }'],
  committee: ['nobody', 'query ($id: ID!) { committee(id: $id) { id name } }'],
  cell: ['nobody', 'query ($id: ID!) { cell(id: $id) { id } }'],
  department: ['nobody', 'query ($id: ID!) { department(id: $id) { id name } }'],
  functionItem: ['nobody', 'query ($id: ID!) { functionItem(id: $id) { id } }'],
  nonprofit: ['nobody', 'query ($id: ID!) { nonprofit(id: $id) { id name } }'],
  resident: ['resident', 'query ($id: ID!) { resident(id: $id) { id name } }'],
  suggestion: ['nobody', 'query ($id: ID!) { suggestion(id: $id) { id number text } }'],
  suggestions: ['nobody', 'query ($id: ID!) { suggestions(community: $id, first: 1) { nodes { id } totalCount } }'],
  suggestionsOfCell: ['nobody', 'query ($id: ID!) { suggestions(filter: { cell: $id }, first: 1) { nodes { id } } }'],
  triageDesk: ['cadre', 'query ($id: ID!) { triageDesk(committee: $id, first: 1) { nodes { id } } }'],
  triageDeskOfCell: [
    'cadre',
    'query ($id: ID!, $own: ID!) { triageDesk(committee: $own, filter: { cell: $id }, first: 1) { nodes { id } } }',
  ],
  inbox: ['officer', 'query ($id: ID!) { inbox(department: $id, first: 1) { nodes { id } } }'],
  referrals: ['worker', 'query ($id: ID!) { referrals(nonprofit: $id, first: 1) { nodes { id } } }'],
}
/** Every list with somebody who may page it. */
const PAGED: Readonly<Record<string, readonly [Who, string]>> = {
  suggestions: ['nobody', 'query ($first: Int!, $after: String) { suggestions(first: $first, after: $after) { nodes { id } } }'],
  suggestionsOfCommunity: [
    'nobody',
    'query ($first: Int!, $after: String, $own: ID!) { suggestions(community: $own, first: $first, after: $after) { nodes { id } } }',
  ],
  nonprofits: ['nobody', 'query ($first: Int!, $after: String) { nonprofits(first: $first, after: $after) { nodes { id } } }'],
  triageDesk: [
    'cadre',
    'query ($first: Int!, $after: String, $own: ID!) { triageDesk(committee: $own, first: $first, after: $after) { nodes { id } } }',
  ],
  inbox: [
    'officer',
    'query ($first: Int!, $after: String, $own: ID!) { inbox(department: $own, first: $first, after: $after) { nodes { id } } }',
  ],
  referrals: [
    'worker',
    'query ($first: Int!, $after: String, $own: ID!) { referrals(nonprofit: $own, first: $first, after: $after) { nodes { id } } }',
  ],
  mine: ['resident', 'query ($first: Int!, $after: String) { me { suggestions(first: $first, after: $after) { nodes { id } } } }'],
}
const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const FORGED_CURSORS: readonly unknown[] = [
  'x',
  '0',
  'null',
  '__proto__',
  "' or 1=1 --",
  'a\u0000b',
  '😀',
  'A'.repeat(100_000),
  ...[
    null,
    7,
    '',
    {},
    [],
    [null],
    [null, null],
    [{}],
    [[]],
    ['x'.repeat(5_000)],
    ["'; drop table suggestions; --"],
    ['2026-99-99', 'sug_1'],
    ['\u0000'],
    [1e308, 'x'],
    Array.from({ length: 50 }, () => 'x'),
    { __proto__: 1 },
  ].map(cursor),
]

describe('hostile queries', () => {
  let stand: Stand
  let before: number

  const personas = (): Record<Who, TestPersona | null> => ({
    nobody: null,
    resident: stand.cast.resident,
    cadre: stand.cast.cadre,
    officer: stand.cast.officer,
    worker: stand.cast.worker,
  })
  const ownOf = (who: Who): string =>
    who === 'cadre' || who === 'officer' || who === 'worker' ? stand.street.personas[who].id : (stand.street.communities[0]?.id ?? '')
  const journalRows = async (): Promise<number> => {
    let count = 0
    for (const party of PARTY_NAMES) count += Number((await stand.hub.sql<{ n: string }>(party, 'select count(*) as n from journal'))[0]?.n)
    return count
  }
  /** Asks with each value; gives what was unclear, and the outcomes. */
  const probe = async (
    who: Who,
    query: string,
    values: readonly unknown[],
    variables: (value: unknown) => object,
  ): Promise<{ faults: string[]; outcomes: Outcome[] }> => {
    const faults: string[] = []
    const outcomes: Outcome[] = []
    for (const value of values) {
      const outcome = await ask(stand.hub, personas()[who], query, variables(value))
      outcomes.push(outcome)
      faults.push(...outcome.faults.map((fault) => `${JSON.stringify(value)?.slice(0, 50)} → ${fault}`))
    }
    return { faults, outcomes }
  }

  beforeAll(async () => {
    stand = await startStreetHub()
    before = await journalRows()
  }, 120_000)
  afterAll(async () => {
    await stand.hub.stop()
  })

  it.each(Object.keys(BY_ID))('%s: an id that leads nowhere gives nothing, or a clear refusal', async (name) => {
    const [who, query] = BY_ID[name] ?? ['nobody', '']
    // An id of a type that this field does not look for.
    const foreign =
      name === 'department' || name === 'functionItem' || name === 'inbox'
        ? stand.street.communities[1]?.id
        : stand.street.personas.officer.id
    const values = hostileIds(foreign ?? '').filter((value) => !(name.startsWith('node') && value === foreign))
    const { faults, outcomes } = await probe(who, query, values, (id) => ({ id, own: ownOf(who) }))
    expect(faults).toEqual([])
    for (const { data } of outcomes) expect(JSON.stringify(data)).not.toMatch(/_0[0-9a-z]{25}/)
  })

  it.each(Object.keys(PAGED))('%s: no page is negative, empty, larger than 100, or begins at a forged cursor', async (name) => {
    const [who, query] = PAGED[name] ?? ['nobody', '']
    const sizes = await probe(who, query, [-1, 0, 101, 1_000_000_000, 2_147_483_648, 1.5, '10', null, [], {}], (first) => ({
      first,
      own: ownOf(who),
    }))
    expect(sizes.faults).toEqual([])
    for (const { code } of sizes.outcomes) expect(['BAD_REQUEST', 'INVALID_INPUT']).toContain(code)
    const cursors = await probe(who, query, FORGED_CURSORS, (after) => ({ first: 2, after, own: ownOf(who) }))
    expect(cursors.faults).toEqual([])
    // A cursor is a place in an order: one that is well made may begin anywhere, it opens nothing.
    for (const { code } of cursors.outcomes) expect(['BAD_REQUEST', 'INVALID_INPUT', 'BODY_TOO_LARGE', 'DONE']).toContain(code)
    for (const { code } of cursors.outcomes.slice(0, 8)) expect(code).not.toBe('DONE')
    expect(await ask(stand.hub, personas()[who], query, { first: 100, own: ownOf(who) })).toMatchObject({ code: 'DONE', faults: [] })
  })

  it('texts that are searched are no patterns and no statements', async () => {
    const texts = [...STRANGE_TEXTS, ...FORBIDDEN_TEXTS, '%', '_', '\\', '(((((((', '[a-', '*'.repeat(100), "a' & !b | <->", ':*']
    for (const query of [
      'query ($text: String!) { similarSuggestions(text: $text) { id } }',
      'query ($text: String!) { whoOwns(text: $text) { item { id } } }',
      'query ($text: String!) { suggestions(filter: { search: $text }, first: 1) { nodes { id } } }',
      'query ($text: String!) { suggestion(number: $text) { id } }',
      'query ($text: String!) { functionItem(code: $text) { id } }',
    ])
      expect([query, (await probe('nobody', query, texts, (text) => ({ text }))).faults]).toEqual([query, []])
    for (const name of ['similarSuggestions', 'whoOwns'])
      expect(
        (
          await probe(
            'nobody',
            `query ($first: Int!) { ${name}(first: $first, text: "路灯") { __typename } }`,
            [-1, 0, 101, 1e9],
            (first) => ({ first }),
          )
        ).faults,
      ).toEqual([])
  })

  it('refuses every geometry that is no point of the earth', async () => {
    const query = 'query ($point: GeoJSON!) { cellAt(point: $point) { id } }'
    const { faults, outcomes } = await probe('nobody', query, HOSTILE_GEOMETRIES, (point) => ({ point }))
    expect(faults).toEqual([])
    expect(outcomes.filter(({ code }) => code === 'DONE')).toEqual([])
    expect(
      (
        await probe(
          'nobody',
          'query ($place: GeoJSON) { similarSuggestions(text: "路灯", place: $place) { id } }',
          HOSTILE_GEOMETRIES,
          (place) => ({ place }),
        )
      ).faults,
    ).toEqual([])
  })

  it('refuses periods that are none', async () => {
    const query =
      'query ($id: ID!, $from: Date!, $to: Date!) { community(id: $id) { responsiveness(period: { from: $from, to: $to }) { received } satisfaction(period: { from: $from, to: $to }) { asked } } }'
    const periods = [
      ['2026-02-28', '2026-02-01'],
      ['0001-01-01', '9999-12-31'],
      ['2026-02-30', '2026-03-01'],
      ['', ''],
      [1, 2],
      [null, null],
      ['x', 'y'],
      ['-0001-01-01', '2026-01-01'],
    ]
    expect(
      (
        await probe('nobody', query, periods, (period) => ({
          id: ownOf('nobody'),
          from: (period as unknown[])[0],
          to: (period as unknown[])[1],
        }))
      ).faults,
    ).toEqual([])
  })

  it('refuses requests that are no GraphQL over HTTP, each with a code', async () => {
    const deep = `{ communities ${'{ committee { community '.repeat(20)} { id } ${'} }'.repeat(20)} }`
    const nested = JSON.parse(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`) as object
    const good = '{"query":"{ departments { id } }"'
    const bodies: Record<string, readonly [string | Uint8Array, Record<string, string>, string]> = {
      'no JSON': ['{', {}, 'BAD_REQUEST'],
      nothing: ['', {}, 'BAD_REQUEST'],
      'a list of requests': [`[${good}}]`, {}, 'BAD_REQUEST'],
      'a number': ['7', {}, 'BAD_REQUEST'],
      'no query': ['{}', {}, 'BAD_REQUEST'],
      'a query that is no text': ['{"query":7}', {}, 'BAD_REQUEST'],
      'variables that are a list': [`${good},"variables":[]}`, {}, 'BAD_REQUEST'],
      'variables that reach a prototype': [`${good},"variables":{"__proto__":{"isAdmin":true}}}`, {}, 'BAD_REQUEST'],
      'variables with a constructor': [`${good},"variables":{"a":{"constructor":{"prototype":{"x":1}}}}}`, {}, 'BAD_REQUEST'],
      'variables nested 200 deep': [JSON.stringify({ query: '{ departments { id } }', variables: nested }), {}, 'BAD_REQUEST'],
      'half a character': [`${good},"variables":{"a":"\\ud800"}}`, {}, 'BAD_REQUEST'],
      'half a character in the document': ['{"query":"{ departments { id } } # \\udc00"}', {}, 'BAD_REQUEST'],
      'bytes that are no UTF-8': [Uint8Array.from([...Buffer.from('{"query":"'), 0xff, 0xfe, ...Buffer.from('"}')]), {}, 'BAD_REQUEST'],
      'a document nested 40 deep': [JSON.stringify({ query: deep }), {}, 'DOCUMENT_TOO_LARGE'],
      'twenty thousand brackets': [JSON.stringify({ query: '{a'.repeat(10_000) }), {}, 'DOCUMENT_TOO_LARGE'],
      'fields without end': [JSON.stringify({ query: `{ ${'departments { id } '.repeat(1_000)} }` }), {}, 'DOCUMENT_TOO_LARGE'],
      'aliases without end': [
        JSON.stringify({ query: `{ ${Array.from({ length: 200 }, (_, n) => `a${n}: departments { id }`).join(' ')} }` }),
        {},
        'DOCUMENT_TOO_LARGE',
      ],
      'fragments in a circle': [
        JSON.stringify({ query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }' }),
        {},
        'BAD_REQUEST',
      ],
      'a field that does not exist': [JSON.stringify({ query: '{ passwords }' }), {}, 'BAD_REQUEST'],
      'a subscription': [JSON.stringify({ query: 'subscription { x }' }), {}, 'BAD_REQUEST'],
      'two operations and no name': [
        JSON.stringify({ query: 'query A { departments { id } } query B { departments { id } }' }),
        {},
        'BAD_REQUEST',
      ],
      'an operation name that is none': [
        JSON.stringify({ query: '{ departments { id } }', operationName: '__proto__' }),
        {},
        'BAD_REQUEST',
      ],
      'more than an anonymous caller may send': [
        JSON.stringify({ query: '{ departments { id } }', variables: { a: 'x'.repeat(40_000) } }),
        {},
        'BODY_TOO_LARGE',
      ],
      'a form': ['query={departments{id}}', { 'content-type': 'application/x-www-form-urlencoded' }, 'UNSUPPORTED_MEDIA_TYPE'],
      'plain text': [`${good}}`, { 'content-type': 'text/plain' }, 'UNSUPPORTED_MEDIA_TYPE'],
      'a multipart form': [`${good}}`, { 'content-type': 'multipart/form-data; boundary=x' }, 'UNSUPPORTED_MEDIA_TYPE'],
      'another charset': [`${good}}`, { 'content-type': 'application/json; charset=gbk' }, 'UNSUPPORTED_MEDIA_TYPE'],
      'UTF-16': [`${good}}`, { 'content-type': 'application/json; charset=utf-16' }, 'UNSUPPORTED_MEDIA_TYPE'],
      'a compressed body': [`${good}}`, { 'content-encoding': 'gzip' }, 'UNSUPPORTED_MEDIA_TYPE'],
      'a wish for HTML': [`${good}}`, { accept: 'text/html' }, 'NOT_ACCEPTABLE'],
      'a purpose that does not exist': [`${good}}`, { 'hub-purpose': 'CURIOSITY' }, 'BAD_REQUEST'],
    }
    const outcomes: Record<string, unknown> = {}
    for (const [what, [body, headers]] of Object.entries(bodies)) {
      const { code, faults, data } = await send(stand.hub, null, body, headers)
      outcomes[what] = [code, faults, data]
    }
    expect(outcomes).toEqual(Object.fromEntries(Object.entries(bodies).map(([what, [, , code]]) => [what, [code, [], null]])))
  })

  it('takes the last of two equal keys, as JSON does, and never both', async () => {
    const { code, data } = await send(stand.hub, null, '{"query":"{ communities { id } }","query":"{ departments { id } }"}')
    expect([code, Object.keys(data ?? {})]).toEqual(['DONE', ['departments']])
  })

  it('changes nothing by GET', async () => {
    const query = encodeURIComponent(ACTS.submitSuggestion)
    const response = await fetch(`${stand.hub.url}?query=${query}&variables=%7B%7D`, { headers: { 'hub-preflight': '1' } })
    expect(response.status).toBe(405)
  })

  it('keeps strange and lawful texts to the letter', async () => {
    const lawful = STRANGE_TEXTS.filter((text) => text.trim() !== '' && !/\p{Surrogate}/u.test(text))
    for (const text of lawful) {
      const input = { kind: 'COMPLAINT', text, community: stand.street.communities[0]?.id, channel: 'APP' }
      const { data } = await ask(
        stand.hub,
        stand.cast.resident,
        'mutation ($input: SubmitSuggestionInput!) { submitSuggestion(input: $input) { __typename ... on Suggestion { text } } }',
        { input },
      )
      expect(data).toEqual({ submitSuggestion: { __typename: 'Suggestion', text } })
    }
    expect((await journalRows()) - before).toBe(lawful.length)
  })
})
