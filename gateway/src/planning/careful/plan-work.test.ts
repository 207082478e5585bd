import { describe, expect, it } from '@jest/globals'

import { composeSupergraph } from '@commonhall/shared/composition'

import { createCarefulPlanner, type CarefulPlanner } from './plan-carefully.js'
import { PlanTooLarge } from './plan-impossible.js'

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable"])\n'
const GRAPHS = 40

const plannerOf = (sdlOf: (graph: number) => string): CarefulPlanner => {
  const sdls = Array.from({ length: GRAPHS }, (_, graph) => LINK + sdlOf(graph))
  const composed = composeSupergraph(sdls.map((sdl, graph) => ({ name: `g${graph}`, sdl, url: '' })))
  if (!composed.ok) throw new Error(JSON.stringify(composed.errors))
  return createCarefulPlanner(composed.supergraphSdl)
}
const times = (n: number, make: (index: number) => string): string => Array.from({ length: n }, (_, index) => make(index)).join(' ')
const below = (depth: number, field: string, leaves: string): string => `${`${field} { `.repeat(depth)}${leaves}${' }'.repeat(depth)}`

/** A value without a key, of which each of forty graphs knows a part, below an entity and below itself. */
const parts = (graph: number): string => `
  type Query { ${graph === 0 ? 'root: Thing' : `q${graph}: Int`} }
  type Thing @key(fields: "id") { id: ID! value: Value @shareable }
  type Value @shareable { a: Value b: Value f${graph}: Int }`
/** A chain of requirements through forty graphs. */
const chain = (graph: number): string => `
  type Query { ${graph === 0 ? 'root: Link' : `q${graph}: Int`} }
  type Link @key(fields: "id") { id: ID! ${graph === 0 ? 'r0: Int next: Link' : `r${graph - 1}: Int @external r${graph}: Int @requires(fields: "r${graph - 1}")`} }`

describe('the work of one plan', () => {
  it.each([
    ['a value in forty parts', parts, `{ root { value { ${times(GRAPHS, (n) => `f${n}`)} } } }`],
    ['a value in parts, deep', parts, `{ root { value { ${below(5, 'a', 'f1 f20 f39')} } } }`],
    ['forty requirements in a chain', chain, '{ root { r39 next { r39 } } }'],
  ])('is enough for %s', (_, sdlOf, query) => {
    expect(plannerOf(sdlOf)(query).node).toBeDefined()
  })

  it.each([
    [
      'forty parts of a value at each of many depths',
      parts,
      `{ root { value { ${below(
        11,
        'a',
        times(GRAPHS, (n) => `f${n}`),
      )} } } }`,
    ],
    [
      'forty parts under many aliases',
      parts,
      `{ root { value { ${times(28, (n) => `x${n}: b { a { ${times(30, (at) => `f${at}`)} } }`)} } } }`,
    ],
    ['chains at many places', chain, `{ root { ${times(30, (n) => `x${n}: next { next { r39 } }`)} } }`],
  ])('is refused for %s', (_, sdlOf, query) => {
    expect(() => plannerOf(sdlOf)(query)).toThrow(PlanTooLarge)
  })
})
