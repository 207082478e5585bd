import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import type { SubgraphAnswer } from '@commonhall/shared/port'

import { ANONYMOUS, CADRE, startFixture } from './fixture-gateway.js'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown

describe('a party that fails', () => {
  let fixture: Awaited<ReturnType<typeof startFixture>>
  beforeEach(async () => {
    fixture = await startFixture({ callDeadlineMs: 200 })
  })
  afterEach(() => fixture.gateway.stop())
  const ask = async (query: string) => {
    const answer = await fixture.gateway.execute({ query }, ANONYMOUS)
    return { data: plain(answer.data), errors: answer.errors, parties: Object.fromEntries(answer.parties) }
  }

  it('costs only its own fields and is named once, however many of its calls fail', async () => {
    fixture.committees.interfere = () => Promise.reject(new Error('down'))
    const { data, errors, parties } = await ask(
      '{ me { name score favourite { title } level } top @include(if: false) { id } people { id score } }',
    )
    expect(data).toMatchObject({ me: { name: 'Person 1', score: null, favourite: null, level: 'LOW' } })
    expect(errors).toEqual([
      {
        message: 'This party cannot be reached now; everything else is unaffected.',
        path: expect.arrayContaining(['score']),
        extensions: { code: 'PARTY_UNAVAILABLE', party: 'committees', remedy: 'Try again later.', traceId: expect.any(String) },
      },
    ])
    expect(parties).toMatchObject({ residents: { state: 'ok' }, committees: { state: 'unavailable' }, government: { state: 'ok' } })
  })

  it('is cut at the deadline, and nobody else waits longer', async () => {
    fixture.committees.interfere = () => new Promise(() => {})
    const { data, errors } = await ask('{ me { name score } }')
    expect(data).toEqual({ me: { name: 'Person 1', score: null } })
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['PARTY_UNAVAILABLE'])
  })

  it('nulls what may not be null without a second error', async () => {
    fixture.committees.interfere = () => Promise.reject(new Error('down'))
    const { data, errors } = await ask('{ things { id ... on Film { rating } } me { id } }')
    expect(data).toEqual({ things: [{ id: 'b1' }, null, null, null], me: { id: 'p1' } })
    expect(errors).toHaveLength(1)
  })

  it('nulls the whole answer when its root field may not be null, and says why', async () => {
    fixture.government.interfere = () => Promise.reject(new Error('down'))
    const { data, errors } = await ask('{ permits { code } me { id } }')
    expect(data).toBeNull()
    expect(errors).toMatchObject([{ path: ['permits'], extensions: { code: 'PARTY_UNAVAILABLE', party: 'government' } }])
  })

  it('is not asked for entities whose keys are unknown, because the party that knows them is down', async () => {
    fixture.residents.interfere = () => Promise.reject(new Error('down'))
    await ask('{ me { score } }')
    expect(fixture.committees.calls).toHaveLength(0)
  })

  it.each<[string, SubgraphAnswer | unknown]>([
    ['nothing', {}],
    ['null', null],
    ['a list', []],
    ['text', 'hello'],
    ['too few entities', { data: { _entities: [] } }],
    ['too many entities', { data: { _entities: [{ score: 1 }, { score: 2 }] } }],
    ['no list of entities', { data: { _entities: { 0: { score: 1 } } } }],
    ['a leaf for an entity', { data: { _entities: [7] } }],
    ['a key that reaches a prototype', { data: { _entities: [JSON.parse('{"score":1,"__proto__":{"isAdmin":true}}')] } }],
    ['a constructor', { data: { _entities: [JSON.parse('{"score":1,"constructor":{"prototype":{"isAdmin":true}}}')] } }],
  ])('answers %s: unavailable, and nothing is polluted', async (_, answer) => {
    fixture.committees.interfere = () => answer as SubgraphAnswer
    const { data, errors } = await ask('{ me { name score } }')
    expect(data).toEqual({ me: { name: 'Person 1', score: null } })
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['PARTY_UNAVAILABLE'])
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  })

  it.each<[string, unknown]>([
    ['a string for a number', { score: 'many' }],
    ['an object for a number', { score: { a: 1 } }],
    ['a list for a number', { score: [1] }],
  ])('answers %s: null with an error, without its value', async (_, entity) => {
    fixture.committees.interfere = () => ({ data: { _entities: [entity as Record<string, unknown>] } })
    const { data, errors } = await ask('{ me { name score } }')
    expect(data).toEqual({ me: { name: 'Person 1', score: null } })
    expect(errors).toMatchObject([{ path: ['me', 'score'], extensions: { code: 'INTERNAL', reason: 'INVALID_ANSWER' } }])
    expect(JSON.stringify(errors)).not.toContain('many')
  })

  it('cannot fill or change fields of another party, nor claim another type', async () => {
    fixture.committees.interfere = () => ({
      data: { _entities: [{ score: 1, name: 'Forged', level: 'HIGH', id: 'p9', __typename: 'Cat' }] },
    })
    const { data } = await ask('{ me { id name score level __typename } }')
    expect(data).toEqual({ me: { id: 'p1', name: 'Person 1', score: 1, level: 'LOW', __typename: 'Person' } })
  })

  it('cannot show an enum value or a type that the schema does not have', async () => {
    fixture.government.interfere = () => ({ data: { _entities: [{ level: 'SECRET_LEVEL' }] } })
    const level = await ask('{ me { level } }')
    expect(level.data).toEqual({ me: { level: null } })
    expect(JSON.stringify(level.errors)).not.toContain('SECRET_LEVEL')
    fixture.residents.interfere = () => ({ data: { feed: [{ __typename: 'Spy' }] } })
    expect((await ask('{ feed { __typename } }')).data).toBeNull()
  })

  it.each<[string, (string | number)[]]>([
    ['longer than any answer is deep', ['_entities', 0, ...Array.from({ length: 100_000 }, (_, n) => n)]],
    ['with a key of a megabyte', ['_entities', 0, 'x'.repeat(1_000_000)]],
  ])('cannot have the hub repeat a path %s', async (_, path) => {
    fixture.committees.interfere = () => ({ data: { _entities: [null] }, errors: [{ message: 'no', path }] })
    const { errors } = await ask('{ me { score } }')
    expect(errors.length).toBeGreaterThan(0)
    expect(JSON.stringify(errors).length).toBeLessThan(100_000)
  })

  it('passes its errors on with known extensions only, at the client path of every place that waits', async () => {
    const error = {
      message: 'not yours',
      path: ['_entities', 0, 'score'],
      extensions: { code: 'FORBIDDEN', reason: 'SCOPE', party: 'residents', stacktrace: ['at secret.ts'], headers: { cookie: 'x' } },
    }
    fixture.committees.interfere = () => ({ data: { _entities: [{ score: null }] }, errors: [error] })
    const { errors } = await ask('{ a: me { x: id score } b: me { id } }')
    expect(errors).toEqual([
      {
        message: 'not yours',
        path: ['a', 'score'],
        extensions: { code: 'FORBIDDEN', reason: 'SCOPE', party: 'committees', traceId: expect.any(String) },
      },
    ])
  })
})

describe('calls to parties', () => {
  it('send each entity once, and one call per party and wave', async () => {
    const { gateway, committees } = await startFixture()
    await gateway.execute(
      { query: '{ people { score friends { score } } me { score favourite { title } } top { rating author { score } } }' },
      ANONYMOUS,
    )
    const entityCalls = committees.calls.filter(({ request }) => request.query.includes('_entities'))
    for (const { request } of entityCalls) {
      for (const representations of Object.values(request.variables ?? {}) as unknown[][]) {
        expect(new Set(representations.map((one) => JSON.stringify(one))).size).toBe(representations.length)
      }
    }
    expect(entityCalls.length).toBeLessThanOrEqual(2)
    await gateway.stop()
  })

  it('send a wide list in parts of 500, and put every answer in its place', async () => {
    const { gateway, residents, committees } = await startFixture()
    residents.interfere = () => ({ data: { people: Array.from({ length: 1201 }, (_, n) => ({ __typename: 'Person', id: `x${n}` })) } })
    committees.interfere = ({ variables }) => {
      const representations = variables?.['representations'] as { id: string }[]
      return { data: { _entities: representations.map(({ id }) => ({ score: Number(id.slice(1)) })) } }
    }
    const answer = await gateway.execute({ query: '{ people { score } }' }, ANONYMOUS)
    expect(committees.calls.map(({ request }) => (request.variables?.['representations'] as unknown[]).length)).toEqual([500, 500, 201])
    expect((answer.data?.['people'] as { score: number }[]).map(({ score }) => score)).toEqual(Array.from({ length: 1201 }, (_, n) => n))
    await gateway.stop()
  })

  it('tell each party its own pseudonym, never the subject, and only the post that acts', async () => {
    const { gateway, residents, committees } = await startFixture()
    await gateway.execute({ query: '{ me { score } }' }, CADRE)
    const [first, second] = [residents.calls[0]?.claims, committees.calls[0]?.claims]
    expect(first).toMatchObject({
      aud: 'residents',
      roles: ['resident', 'cadre'],
      actingFor: CADRE.actingFor,
      purpose: 'CASE_HANDLING',
      client: 'dashboard',
      scope: 'query',
    })
    expect(first?.sub).not.toBe(second?.sub)
    expect(JSON.stringify([first, second])).not.toContain('user-1')
    await gateway.stop()
  })
})
