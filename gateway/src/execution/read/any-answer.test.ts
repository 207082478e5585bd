import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { execute, parse } from 'graphql'

import { createFixtureHub } from '../../../test/fixture-hub.js'
import { anyHand, LEAVES, rawAnswer, SDL, worldOf, write, type Oddness } from '../../../test/random-answers.js'
import { byteTextOf } from '../../transport/byte-text.js'
import { executeOperation, type OperationAnswer } from '../execute-operation.js'
import type { CompiledOperation } from '../../planning/compiled-operation.js'

/** A long run sets HUB_RANDOM_ANSWERS. */
const RUNS = Number(process.env['HUB_RANDOM_ANSWERS'] ?? 100)
const LONGEST_MS = 60_000 + RUNS * 100

const QUERIES = [
  `{ list { ${LEAVES} part { size label } parts { size label inner { size label } } } }`,
  `{ one { ${LEAVES} next { ${LEAVES} next { id parts { label size } } } } }`,
  `{ one { a: id b: name count c: mood part { x: size label } d: parts { label } } list { __typename id t: __typename } }`,
  `{ grid { name tags part { inner { inner { size } label } } } numbers json }`,
  `{ any { __typename ... on Thing { id name parts { size } } ... on Other { other mood name } } }`,
  `{ named { name ... on Thing { count part { label } } ... on Other { mood } } }`,
]

const HUB = createFixtureHub({ desk: SDL }, {})

const answerTo = (compiled: CompiledOperation, bodyFor: (query: string) => string): Promise<OperationAnswer> =>
  executeOperation(compiled, {}, { ...HUB.context, call: async (step) => byteTextOf(bodyFor(step.call.query)) })

const ODDNESSES: readonly Oddness[] = [
  { leaf: 0, missing: 0, none: 0 },
  { leaf: 3, missing: 3, none: 3 },
  { leaf: 30, missing: 20, none: 20 },
]

describe('any answer of a party', () => {
  it.each(QUERIES)(
    'gives what graphql-js gives for the same data: %s',
    async (query) => {
      const compiled = await HUB.compile(query)
      const document = parse(query)
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...ODDNESSES).chain(worldOf), anyHand, async (world, hand) => {
          const expected = await execute({ schema: HUB.schema, document, rootValue: world })
          const answer = await answerTo(compiled, (operation) => write(rawAnswer(operation, world), hand))
          expect(answer.data).toEqual(JSON.parse(JSON.stringify(expected.data ?? null)))
          expect(answer.errors.length > 0).toBe((expected.errors ?? []).length > 0)
        }),
        { numRuns: RUNS },
      )
    },
    LONGEST_MS,
  )
})
