import { describe, expect, it } from '@jest/globals'
import { buildSchema } from 'graphql'
import { composeSupergraph } from './compose-supergraph.js'

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n'
const residents = {
  name: 'residents',
  url: 'http://127.0.0.1:4101',
  sdl: `${link}type Suggestion @key(fields: "id") { id: ID! text: String! }\ntype Query { suggestion(id: ID!): Suggestion }`,
}
const committees = {
  name: 'committees',
  url: 'http://127.0.0.1:4102',
  sdl: `${link}type Suggestion @key(fields: "id") { id: ID! triagedBy: String }\ntype Query { desk: [Suggestion] }`,
}

describe('composition', () => {
  it('joins the fields of several owners in one type', () => {
    const composed = composeSupergraph([residents, committees])
    if (!composed.ok) throw new Error(JSON.stringify(composed.errors))
    const suggestion = buildSchema(composed.supergraphSdl, { assumeValidSDL: true }).getType('Suggestion')?.astNode
    expect(suggestion && 'fields' in suggestion ? suggestion.fields?.map((field) => field.name.value).sort() : []).toEqual([
      'id',
      'text',
      'triagedBy',
    ])
    expect(composed.supergraphSdl).toContain('http://127.0.0.1:4102')
  })

  it('gives the same text whatever the order of the subgraphs', () => {
    expect(composeSupergraph([residents, committees])).toEqual(composeSupergraph([committees, residents]))
  })

  it('refuses a field that two parties answer, with the code of the rule', () => {
    const twice = { ...committees, sdl: committees.sdl.replace('triagedBy: String', 'text: String!') }
    expect(composeSupergraph([residents, twice])).toMatchObject({ ok: false, errors: [{ code: 'INVALID_FIELD_SHARING' }] })
  })

  it('refuses a schema on which the composer itself stumbles', () => {
    const torn = { ...committees, sdl: `${committees.sdl}\nextend interface Suggestion { id: ID! }` }
    expect(composeSupergraph([residents, torn])).toMatchObject({ ok: false, errors: [{ code: 'COMPOSITION_FAILED' }] })
  })

  it('names the subgraph and the place of a schema that does not parse', () => {
    const composed = composeSupergraph([residents, { ...committees, sdl: 'type Query {\n  desk: [}' }])
    expect(composed).toMatchObject({
      ok: false,
      errors: [{ code: 'SDL_MALFORMED', message: expect.stringContaining('[committees] 2:10') }],
    })
  })
})
