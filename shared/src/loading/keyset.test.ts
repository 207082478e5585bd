import { describe, expect, it } from '@jest/globals'

import { decodeCursor, encodeCursor, groupLoader, pagedLoader, requirePage, toConnection } from './index.js'

describe('keyset pages', () => {
  it('say that there is a next page without counting', () => {
    const page = requirePage({ first: 2 }, 1)
    const connection = toConnection([{ id: 'a' }, { id: 'b' }, { id: 'c' }], page, (record) => [record.id])
    expect(connection.nodes).toEqual([{ id: 'a' }, { id: 'b' }])
    expect(connection.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false, endCursor: encodeCursor(['b']) })
  })

  it('go on after the cursor of the last record', () => {
    expect(requirePage({ first: 2, after: encodeCursor([5, 'b']) }, 2)).toEqual({ limit: 2, after: [5, 'b'] })
  })

  it.each([0, -1, 101, 1.5, Number.NaN])('refuse first: %d', (first) => {
    expect(() => requirePage({ first }, 1)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
  })

  it.each([
    '',
    'zzz',
    encodeCursor(['a', 'b']),
    Buffer.from('{"a":1}').toString('base64url'),
    Buffer.from('[null]').toString('base64url'),
    'A'.repeat(5000),
  ])('refuse a cursor of nobody: %.20s', (after) => {
    expect(() => requirePage({ after }, 1)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
  })

  it('round-trip the keys of a cursor', () => {
    expect(decodeCursor(encodeCursor(['2026-03-02T00:00:00.123Z', 'sug_1']), 2)).toEqual(['2026-03-02T00:00:00.123Z', 'sug_1'])
  })
})

describe('loaders', () => {
  it('give every parent its records in order, and [] to one without any', async () => {
    const calls: (readonly string[])[] = []
    const loader = groupLoader(
      async (ids) => {
        calls.push(ids)
        return [
          { parent: 'b', n: 1 },
          { parent: 'a', n: 2 },
          { parent: 'b', n: 3 },
        ]
      },
      (record) => record.parent,
    )
    const result = await Promise.all(['a', 'b', 'c'].map((id) => loader.load(id)))
    expect(result.map((records) => records.map((record) => record.n))).toEqual([[2], [1, 3], []])
    expect(calls).toEqual([['a', 'b', 'c']])
  })

  it('ask once for all parents that want the same page', async () => {
    let calls = 0
    const loader = pagedLoader<null, string>(async (ids) => {
      calls++
      return new Map(ids.map((id) => [id, [id]]))
    })
    const page = { limit: 5, after: null }
    const pages = await Promise.all(['a', 'b'].map((parentId) => loader.load({ parentId, page, filter: null })))
    expect(pages).toEqual([['a'], ['b']])
    expect(calls).toBe(1)
  })
})
