import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { execute, parse } from 'graphql'

import { createFixtureHub } from '../../../test/fixture-hub.js'
import { rawAnswer, SDL, worldOf } from '../../../test/random-answers.js'
import { executeOperation, type OperationAnswer } from '../execute-operation.js'
import { AnswerFault } from '../answer-fault.js'

/** A long run sets HUB_RANDOM_ANSWERS. */
const RUNS = Number(process.env['HUB_RANDOM_ANSWERS'] ?? 300)
const LONGEST_MS = 60_000 + RUNS * 100

const HUB = createFixtureHub({ desk: SDL }, {})
const QUERY = '{ list { id name count tags json part { size label } parts { label } } any { __typename ... on Thing { id } } }'

const answerTo = async (query: string, body: string): Promise<{ answer: OperationAnswer; faults: unknown[] }> => {
  const faults: unknown[] = []
  const answer = await executeOperation(
    await HUB.compile(query),
    {},
    {
      ...HUB.context,
      call: async () => body,
      onFault: (_, fault) => void faults.push(fault),
    },
  )
  return { answer, faults }
}

const codesOf = (answer: OperationAnswer): unknown[] => answer.errors.map(({ extensions }) => extensions['code'])

const nested = (depth: number): string => '[' + '['.repeat(depth) + ']'.repeat(depth) + ']'

describe('a hostile answer', () => {
  it.each<[string, string]>([
    ['an empty body', ''],
    ['white space', '   '],
    ['a half', '{"data":{"list":[{"id":"1","na'],
    ['two values', '{"data":{"list":null,"any":null}} {}'],
    ['a comma at the end of an object', '{"data":{"list":null,"any":null,}}'],
    ['a comma at the end of a list', '{"data":{"list":[],"any":[null,]}}'],
    ['a comma alone', '{"data":{,}}'],
    ['a key without quotes', '{"data":{list:null}}'],
    ['a key without a value', '{"data":{"list":}}'],
    ['a raw line break in a text', '{"data":{"list":[{"id":"1\n"}]}}'],
    ['an unknown escape', '{"data":{"list":[{"id":"\\x41"}]}}'],
    ['half of an escape', '{"data":{"list":[{"id":"\\u00"}]}}'],
    ['a number with a leading zero', '{"data":{"list":[{"count":01}]}}'],
    ['a number that ends in a point', '{"data":{"list":[{"count":1.}]}}'],
    ['half of a word', '{"data":{"list":nul}}'],
    ['a key twice, as predicted', '{"data":{"list":[{"id":"1","id":"2"}]}}'],
    ['a key twice, far apart', '{"data":{"list":[{"id":"1","name":"x","count":1,"id":"2"}]}}'],
    ['a key twice, in a run and behind it', '{"data":{"list":[],"any":[],"list":[]}}'],
    ['data twice', '{"data":{"list":[]},"data":{"list":[]}}'],
    ['a key twice in free JSON', '{"data":{"list":[{"json":{"a":1,"a":2}}]}}'],
    ['__proto__', '{"data":{"list":[{"id":"1","__proto__":{"isAdmin":true}}]}}'],
    ['an escaped __proto__', '{"data":{"list":[{"id":"1","\\u005f_proto__":{"isAdmin":true}}]}}'],
    ['constructor in what nobody asked', '{"data":{"list":[],"more":{"deep":[{"constructor":1}]}}}'],
    ['prototype in free JSON', '{"data":{"list":[{"json":{"prototype":1}}]}}'],
    ['a nesting without end where objects are asked', `{"data":{"list":${nested(70)}}}`],
    ['a nesting without end in free JSON', `{"data":{"list":[{"json":${nested(70)}}]}}`],
    ['a nesting without end in what nobody asked', `{"data":{"more":${nested(100_000)}}}`],
    ['a leaf for an object', '{"data":{"list":["x"]}}'],
    ['a leaf for the data', '{"data":7}'],
    ['a list for the whole', '[{"data":{"list":[]}}]'],
  ])('%s costs only its party', async (_, body) => {
    const { answer, faults } = await answerTo(QUERY, body)
    expect(answer.data).toEqual({ list: null, any: null })
    expect(codesOf(answer)).toEqual(['PARTY_UNAVAILABLE'])
    expect(faults.every((fault) => fault instanceof AnswerFault)).toBe(true)
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  })

  it.each<[string, string, unknown]>([
    ['an object for a list', '{"data":{"list":{"id":"1"}}}', { list: null, any: null }],
    [
      'a list for an object',
      '{"data":{"list":[{"id":"1","name":"x","count":1,"tags":[],"part":[],"parts":[]}]}}',
      {
        list: [{ id: '1', name: 'x', count: 1, tags: [], json: null, part: null, parts: [] }],
        any: null,
      },
    ],
    ['a type that does not exist', '{"data":{"any":[{"__typename":"Spy\\"","id":"1"}]}}', { list: null, any: [null] }],
    ['a type that does not belong there', '{"data":{"any":[{"__typename":"Part","id":"1"}]}}', { list: null, any: [null] }],
    ['a type that is a list', '{"data":{"any":[{"__typename":["Thing"],"id":"1"}]}}', { list: null, any: [null] }],
  ])('%s is null with an error, and the rest stands', async (_, body, data) => {
    const { answer } = await answerTo(QUERY, body)
    expect(answer.data).toEqual(data)
    expect(codesOf(answer)).toEqual(['INTERNAL'])
  })

  it('of millions of empty objects is refused before it fills the memory', async () => {
    const { answer } = await answerTo('{ list { id next { name count } } }', `{"data":{"list":[${'{},'.repeat(2_000_000)}{}]}}`)
    expect(codesOf(answer)).toEqual(['PARTY_UNAVAILABLE'])
  })

  it('that is repeated at many places ends the answer before it fills the memory', async () => {
    const huge = 'x'.repeat(8_000_000)
    const { answer } = await answerTo('{ list { id } }', `{"data":{"list":[{"id":"${huge}"},{"id":"${huge}"},{"id":"${huge}"}]}}`)
    expect(answer.dataText).toBe('null')
    expect(answer.errors).toMatchObject([{ extensions: { code: 'INTERNAL', reason: 'ANSWER_TOO_LARGE' } }])
  })

  it(
    'is read like JSON.parse reads it, or refused, whatever byte of it is changed, lost or added',
    async () => {
      const byte = fc.constantFrom(...'{}[]",:0129-.eE+ntfx\\u \n')
      const change = fc.record({ at: fc.nat(), kind: fc.constantFrom('change', 'cut', 'add', 'end'), byte })
      const odd = { leaf: 5, missing: 5, none: 5 }
      const compiled = await HUB.compile(QUERY)
      const operation = compiled.plans[0]?.node
      if (operation?.kind !== 'Fetch') throw new Error('no single call')
      await fc.assert(
        fc.asyncProperty(worldOf(odd), change, async (world, { at, kind, byte: letter }) => {
          // ASCII alone: what is no UTF-8 is refused by the link.
          const text = JSON.stringify(rawAnswer(operation.operation, world)).replace(/[^ -~]/g, '?')
          const place = at % text.length
          const rest = { change: letter + text.slice(place + 1), cut: text.slice(place + 1), add: letter + text.slice(place), end: '' }[
            kind
          ]
          const body = text.slice(0, place) + (rest ?? '')
          const answer = await executeOperation(compiled, {}, { ...HUB.context, call: async () => body })
          let parsed: { data?: unknown } | null = null
          try {
            parsed = JSON.parse(body) as { data?: unknown }
          } catch {
            expect(codesOf(answer)).toEqual(['PARTY_UNAVAILABLE'])
          }
          if (parsed === null || codesOf(answer).includes('PARTY_UNAVAILABLE')) return
          const expected = await execute({ schema: HUB.schema, document: parse(QUERY), rootValue: parsed.data })
          expect(answer.data).toEqual(JSON.parse(JSON.stringify(expected.data ?? null)))
        }),
        { numRuns: RUNS },
      )
    },
    LONGEST_MS,
  )
})
