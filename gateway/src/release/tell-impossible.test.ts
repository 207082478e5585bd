import { describe, expect, it } from '@jest/globals'

import { composeSupergraph } from '@commonhall/shared/composition'

import { createRelease } from '../release.js'
import { tellImpossibleFields } from './tell-impossible.js'

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n'

const supergraph = (): string => {
  const composed = composeSupergraph([
    { name: 'a', sdl: `${LINK}type Query { one: Thing } type Thing @key(fields: "id") { id: ID x: Int }`, url: '' },
    { name: 'b', sdl: `${LINK}type Query { two: Thing } type Thing @key(fields: "id") { id: ID y: Int }`, url: '' },
  ])
  if (!composed.ok) throw new Error('does not compose')
  return composed.supergraphSdl
}

const warningsOf = async (sdl: string, signal: AbortSignal): Promise<[string | undefined, unknown][]> => {
  const warnings: [string | undefined, unknown][] = []
  const silent = (): void => {}
  const log = { info: silent, error: silent, warn: (fields: object, text?: string) => void warnings.push([text, fields]) }
  await tellImpossibleFields(await createRelease({ kind: 'supergraph', sdl }, { introspection: false }), log, signal, 0)
  return warnings
}

describe('a supergraph that somebody else has composed', () => {
  it('is looked through for fields that no operation can reach, and they are named to the operator', async () => {
    const broken = supergraph().replace('graph: B, key: "id"', 'graph: B, key: "id", resolvable: false')
    expect(await warningsOf(broken, new AbortController().signal)).toEqual([
      ['fields that no operation can reach', expect.objectContaining({ count: 1, detail: 'Thing.y below Query.one' })],
    ])
  })

  it('gives no warning when all can be reached, nor when it is replaced before', async () => {
    expect(await warningsOf(supergraph(), new AbortController().signal)).toEqual([])
    const broken = supergraph().replace('graph: B, key: "id"', 'graph: B, key: "id", resolvable: false')
    expect(await warningsOf(broken, AbortSignal.abort())).toEqual([])
  })
})
