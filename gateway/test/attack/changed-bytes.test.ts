import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { buildSchema, execute, parse, type GraphQLSchema } from 'graphql'

import { createGateway, type Gateway } from '../../src/gateway.js'
import { CADRE, TEST_KEY } from '../fixture-gateway.js'
import { fixtureSubgraph } from '../fixture-subgraph.js'

const SDL = `
type Query { all: All! some: All list: [All!] grid: [[Part!]]! thing: Thing things: [Thing]! }
scalar Any
enum Word { GOOD HIDDEN @inaccessible }
interface Thing { id: ID! }
type All implements Thing { id: ID! text: String! int: Int float: Float flag: Boolean word: Word! any: Any ints: [Int!]! words: [[Word]] part: Part! parts: [Part] }
type Part { a: Int! b: String }
type Other implements Thing { id: ID! only: Int }
`
const ALL = 'id text int float flag word any ints words part { a b } parts { a b }'
const QUERY = `{ all { ${ALL} } some { ${ALL} } list { __typename id text ints } grid { a b } thing { __typename id ... on All { text word } ... on Other { only } } things { __typename id } }`

const part = (n: number) => ({ a: n, b: n % 2 === 0 ? null : `b"\\${n}` })
const all = (n: number) => ({
  id: `i${n}`,
  text: 'ein \\ "Wort" 世界',
  int: -n,
  float: 1.5,
  flag: n > 1,
  word: 'GOOD',
  any: { deep: [1, { x: null }] },
  ints: [1, 20, -300],
  words: [['GOOD', null], null],
  part: part(n),
  parts: [part(1), null, part(2)],
})
const HONEST = JSON.stringify({
  data: {
    all: all(1),
    some: all(2),
    list: [
      { __typename: 'All', id: '1', text: 't', ints: [] },
      { __typename: 'All', id: '2', text: '', ints: [0] },
    ],
    grid: [[part(1)], [], [part(2), part(3)]],
    thing: { __typename: 'All', id: '3', text: 'x', word: 'GOOD' },
    things: [{ __typename: 'Other', id: '4' }, null],
  },
})
/** Bytes that mean something in JSON, in GraphQL or to a careless reader. */
const BYTES = [
  '"',
  '\\',
  ',',
  ':',
  '{',
  '}',
  '[',
  ']',
  '0',
  '1',
  '9',
  '-',
  '+',
  '.',
  'e',
  'n',
  't',
  'f',
  'u',
  ' ',
  '\n',
  '\0',
  '\x1f',
  '\x7f',
  'é',
]
const PUNCTUATION = new Set(['"', '\\', ',', ':', '{', '}', '[', ']'])

describe('an answer of which any byte is another one', () => {
  let gateway: Gateway
  let schema: GraphQLSchema
  let text = HONEST
  const document = parse(QUERY)
  beforeAll(async () => {
    const party = fixtureSubgraph('residents', SDL, { root: {}, acts: [], entity: () => null })
    const subgraph = { ...party, executeToText: async () => text } as typeof party
    gateway = await createGateway({
      subgraphs: [{ kind: 'local', subgraph }],
      signingKey: TEST_KEY,
      pairwiseKeys: { residents: 'r' },
      issuers: [],
      port: 0,
      resilience: { breaker: { failuresInARow: 1e9, failureShare: 2, minimumCalls: 1e9, windowMs: 1, restMs: 1 } },
    })
    schema = buildSchema(gateway.schemaSdl)
  })
  afterAll(() => gateway.stop())

  /** What the hub gives must be what the schema promises: good JSON, which graphql-js passes on as it is. */
  const faultOf = async (changed: string): Promise<string | null> => {
    text = changed
    const answer = await gateway.execute({ query: QUERY }, CADRE)
    let data: unknown
    try {
      data = JSON.parse(Buffer.from(answer.dataText, 'latin1').toString('utf8'))
    } catch {
      return `no JSON: ${answer.dataText}`
    }
    if (data === null) return answer.errors.length > 0 ? null : 'silent null'
    const again = await execute({ schema, document, rootValue: data })
    if ((again.errors ?? []).length > 0) return `${again.errors?.[0]?.message ?? ''}: ${answer.dataText}`
    return JSON.stringify(again.data) === JSON.stringify(data) ? null : `other than promised: ${answer.dataText}`
  }

  it('is passed on whole when it is honest', async () => {
    expect(await faultOf(HONEST)).toBeNull()
    expect((await gateway.execute({ query: QUERY }, CADRE)).errors).toEqual([])
  })

  it('is never completed by the bytes that an earlier answer left behind', async () => {
    for (let cut = 0; cut < HONEST.length; cut++) {
      expect(await faultOf(HONEST)).toBeNull()
      text = HONEST.slice(0, cut)
      expect((await gateway.execute({ query: QUERY }, CADRE)).dataText).toBe('null')
    }
  })

  it('never makes the hub say what its schema does not allow', async () => {
    const faults: string[] = []
    for (let at = 0; at < HONEST.length && faults.length === 0; at++) {
      for (const byte of BYTES) {
        const replaced = await faultOf(HONEST.slice(0, at) + byte + HONEST.slice(at + 1))
        // Between two bytes a letter does nothing else than in the place of one.
        const inserted = PUNCTUATION.has(byte) ? await faultOf(HONEST.slice(0, at) + byte + HONEST.slice(at)) : null
        faults.push(...[replaced, inserted].filter((fault) => fault !== null))
      }
    }
    expect(faults).toEqual([])
  })

  it.each([
    ['a hidden word', 'GOOD', 'HIDDEN'],
    ['an escaped hidden word', 'GOOD', 'H\\u0049DDEN'],
    ['a number where a word stands', '"GOOD"', '1'],
    ['a number in quotes', '20', '"20"'],
    ['a number too large', '20', '2147483648'],
    ['a number with a point', '20', '20.5'],
    ['a number with zeros before it', '20', '020'],
    ['no number', '1.5', 'NaN'],
    ['a number without end', '1.5', '1e999'],
    ['a truth in quotes', 'false', '"false"'],
    ['a truth as a number', 'false', '0'],
    ['null where none may be', '"ein \\\\ \\"Wort\\" 世界"', 'null'],
    ['an object where text is', '"i1"', '{"a":1}'],
    ['a list where text is', '"i1"', '["i1"]'],
    ['text that leaves its quotes', 'i1', 'i1","text":"evil'],
    ['another type', '"All"', '"Other"'],
    ['a type of elsewhere', '"All"', '"Part"'],
    ['a type of introspection', '"All"', '"__Schema"'],
    ['a prototype in any value', '"deep"', '"__proto__"'],
    ['an escaped prototype in any value', '"deep"', '"\\u005f_proto__"'],
    ['overlong white space', '"ints":[1', '"ints" :\t[\r\n1'],
  ])('never passes on %s', async (_, from, to) => {
    expect(HONEST).toContain(from)
    let at = HONEST.indexOf(from)
    for (; at !== -1; at = HONEST.indexOf(from, at + 1)) {
      expect(await faultOf(HONEST.slice(0, at) + to + HONEST.slice(at + from.length))).toBeNull()
      const { dataText } = await gateway.execute({ query: QUERY }, CADRE)
      expect(dataText).not.toMatch(/HIDDEN|H\\u0049|__proto__|u005f|evil/)
    }
  })
})
