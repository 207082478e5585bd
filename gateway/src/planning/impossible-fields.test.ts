import { readFileSync } from 'node:fs'

import { describe, expect, it } from '@jest/globals'

import { composeSupergraph } from '@commonhall/shared/composition'

import { findImpossibleFields } from './impossible-fields.js'

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n'

describe('fields that cannot be reached', () => {
  it('are none in the supergraph of the design', async () => {
    const sdl = readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8')
    expect(await findImpossibleFields(sdl)).toEqual([])
  })

  it('are named with the field above them', async () => {
    const composed = composeSupergraph([
      { name: 'a', sdl: `${LINK}type Query { one: Thing } type Thing @key(fields: "id") { id: ID x: Int }`, url: '' },
      { name: 'b', sdl: `${LINK}type Query { two: Thing } type Thing @key(fields: "id") { id: ID y: Int }`, url: '' },
    ])
    if (!composed.ok) throw new Error('does not compose')
    expect(await findImpossibleFields(composed.supergraphSdl)).toEqual([])
    // A graph that finds nothing by its key, although its field is there.
    const broken = composed.supergraphSdl.replace('graph: B, key: "id"', 'graph: B, key: "id", resolvable: false')
    expect(await findImpossibleFields(broken)).toEqual([{ coordinate: 'Thing.y', from: 'Query.one' }])
  })
})
