import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'

import { composeSupergraph } from '@commonhall/shared/composition'

import { checkDocument, SIGNED_IN_LIMITS } from '../../src/admission/document-limits.js'
import { isCertainlyValid } from '../../src/planning/accept/accept-document.js'
import { buildApiSchema } from '../../src/planning/api-schema.js'
import { apiSdlOf } from '../../src/planning/api-sdl.js'
import { mutate } from '../fuzz/mutate.js'
import { FIRST_SEED, RANDOM_OPERATIONS } from './agreement.js'
import { drawFrom, randomOperation } from './random-operation.js'
import { WORLDS } from './worlds/index.js'

const SHARE = Math.ceil(RANDOM_OPERATIONS / 10)

/** Inputs of every make, and types whose fields differ in shape under one name. */
const AWKWARD = buildSchema(`
  scalar Any
  enum Colour { RED GREEN }
  input Box { size: Int! = 3 width: Float! colours: [Colour!] inner: Box any: Any ids: [[ID!]]! = [] }
  input Choice @oneOf { id: ID name: String }
  interface Named { name: String! next(box: Box, count: Int! = 1): Named }
  type Person implements Named { name: String! next(box: Box, count: Int! = 1): Named age: Int! tags: [String] friend(choice: Choice): Person size: Int }
  type Place implements Named { name: String! next(box: Box, count: Int! = 1): Named age: String tags: [String!]! friend: [Place] size: Int! }
  union Thing = Person | Place
  type Query { one(id: ID!, colour: Colour = RED, flags: [Boolean!]): Thing named(boxes: [Box!]!, any: Any): [Named!]! things(choice: Choice): [[Thing]] }
  type Mutation { act(box: Box!): Person }
`)

const schemaOf = (sdl: string): GraphQLSchema => buildApiSchema(apiSdlOf(sdl))
const SCHEMAS: ReadonlyArray<readonly [string, GraphQLSchema]> = [
  ['inputs and shapes', AWKWARD],
  ['the whole hub', schemaOf(readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8'))],
  ...WORLDS.map((world) => {
    const parties = Object.entries(world.subgraphs).map(([name, sdl]) => ({ name, sdl, url: `memory:${name}` }))
    const composed = composeSupergraph(parties)
    if (!composed.ok) throw new Error(`${world.name} does not compose`)
    return [world.name, schemaOf(composed.supergraphSdl)] as const
  }),
]

/** Questions about the schema, and directives of somebody's own. */
const LEFT_TO_VALIDATION = /__(schema|type)\b|@(?!skip|include)\w/

/** A document as the limits let it through; null for what they or the parser refuse. */
const admitted = (text: string): DocumentNode | null => {
  try {
    const document = parse(text, { noLocation: true, maxTokens: SIGNED_IN_LIMITS.maxTokens })
    return checkDocument(document, SIGNED_IN_LIMITS).isCyclic ? null : document
  } catch {
    return null
  }
}

/** What is accepted among texts, and which of it graphql-js refuses. */
const judge = (schema: GraphQLSchema, texts: readonly string[]) => {
  const wrong: string[] = []
  let valid = 0
  let accepted = 0
  for (const text of texts) {
    const document = admitted(text)
    if (document === null) continue
    const isAccepted = isCertainlyValid(schema, document)
    const isValid = validate(schema, document).length === 0
    if (isAccepted && !isValid) wrong.push(text)
    valid += Number(isValid && !LEFT_TO_VALIDATION.test(text))
    accepted += Number(isAccepted)
  }
  return { wrong, valid, accepted }
}

const randomTexts = (schema: GraphQLSchema): string[] =>
  Array.from({ length: SHARE }, (_, at) => {
    const draw = drawFrom(FIRST_SEED + at)
    const kind = schema.getMutationType() && draw(4) === 0 ? 'mutation' : 'query'
    return randomOperation(schema, draw, { kind }).query
  })

describe.each(SCHEMAS)('accepting documents without validation: %s', (_, schema) => {
  const texts = randomTexts(schema)

  it('accepts nothing that graphql-js refuses, and nearly all that it allows', () => {
    const { wrong, valid, accepted } = judge(schema, texts)
    expect(wrong).toEqual([])
    expect(valid).toBeGreaterThan(SHARE / 40)
    expect(accepted).toBeGreaterThanOrEqual(valid * 0.95)
  })

  it('accepts no changed document that graphql-js refuses', () => {
    const changed = texts.flatMap((text, at) => {
      const draw = drawFrom(FIRST_SEED * 7919 + at)
      return [mutate(text, draw), mutate(text, draw), mutate(text, draw)]
    })
    expect(judge(schema, changed).wrong).toEqual([])
  })
})

describe('documents that somebody wrote', () => {
  it.each(WORLDS.map((world, at) => [world.name, world, SCHEMAS[at + 2]?.[1]] as const))('are accepted: %s', (_, world, schema) => {
    const texts = world.operations.map(({ query }) => query)
    const { wrong, valid, accepted } = judge(schema as GraphQLSchema, texts)
    expect(wrong).toEqual([])
    expect(accepted).toBe(valid)
  })

  it.each([
    ['a variable that nobody uses', 'query ($id: ID!) { one(id: 1) { __typename } }'],
    ['a variable that nobody declares', '{ one(id: $id) { __typename } }'],
    ['a variable that may be null where null may not stand', 'query ($id: ID) { one(id: $id) { __typename } }'],
    ['a variable of another operation', 'query A($id: ID!) { one(id: $id) { __typename } } query B { one(id: $id) { __typename } }'],
    ['a null in a list of no nulls', '{ one(id: 1, flags: [true, null]) { __typename } }'],
    ['an enum value in quotes', '{ one(id: 1, colour: "RED") { __typename } }'],
    ['an input object without a field that it needs', '{ named(boxes: [{ size: 1 }]) { name } }'],
    ['an input field twice', '{ named(boxes: [{ width: 1, width: 2 }]) { name } }'],
    ['two choices of one', '{ things(choice: { id: 1, name: "a" }) { __typename } }'],
    ['a choice of null', '{ things(choice: { id: null }) { __typename } }'],
    ['a choice that may be null', 'query ($id: ID) { things(choice: { id: $id }) { __typename } }'],
    ['an argument twice', '{ one(id: 1, id: 1) { __typename } }'],
    ['a leaf with fields', '{ one(id: 1) { ... on Person { age { a } } } }'],
    ['an object without fields', '{ named(boxes: []) }'],
    ['a fragment on a type that cannot be there', '{ one(id: 1) { ... on Mutation { __typename } } }'],
    ['a fragment that nobody uses', '{ one(id: 1) { __typename } } fragment F on Person { age }'],
    ['one key for two shapes', '{ one(id: 1) { ... on Person { age } ... on Place { age } } }'],
    ['one key for a list and an object', '{ one(id: 1) { ... on Person { friend { name } } ... on Place { friend { name } } } }'],
    ['one key for other arguments', '{ named(boxes: []) { next(count: 1) { name } next(count: 2) { name } } }'],
    ['one key for two fields further down', '{ a: one(id: 1) { ... on Person { x: name } } a: one(id: 1) { ... on Person { x: age } } }'],
    ['a condition twice', '{ one(id: 1) @skip(if: false) @skip(if: false) { __typename } }'],
    ['a condition of no boolean', '{ one(id: 1) @skip(if: 1) { __typename } }'],
    ['two operations without names', '{ one(id: 1) { __typename } } { one(id: 1) { __typename } }'],
    ['an unknown type of a variable', 'query ($a: Anything) { one(id: $a) { __typename } }'],
    ['an output type of a variable', 'query ($a: Person) { one(id: $a) { __typename } }'],
    ['a wrong default', 'query ($a: Int = "x") { named(boxes: [{ width: 1, size: $a }]) { name } }'],
    ['a name of JavaScript as a field', '{ one(id: 1) { ... on Person { constructor hasOwnProperty } } }'],
  ])('are not accepted with %s', (_, text) => {
    const document = parse(text)
    expect(validate(AWKWARD, document)).not.toEqual([])
    expect(isCertainlyValid(AWKWARD, document)).toBe(false)
  })
})
