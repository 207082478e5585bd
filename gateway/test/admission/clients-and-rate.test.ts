import { afterEach, describe, expect, it } from '@jest/globals'

import type { AdmissionOptions } from '../../src/admission/admission-options.js'
import { startAdmission, type AdmissionFixture } from './fixture-admission.js'

const ME = { query: '{ me { name } }' }
const PEOPLE = { query: '{ people { id } }' }
const ACT = { query: 'mutation { third }' }

let running: AdmissionFixture | null = null
let timeMs = 0
const start = async (clients: AdmissionOptions['clients'], introspection = false): Promise<AdmissionFixture> => {
  timeMs = 1e6
  return (running = await startAdmission({ ...(clients === undefined ? {} : { clients }), monotonicMs: () => timeMs }, introspection))
}
afterEach(async () => {
  await running?.close()
  running = null
})

describe('the rate of callers', () => {
  it('is counted in units of cost and says exactly when to come back', async () => {
    const { ways } = await start({ anonymous: { costPerMinute: 60 } })
    for (let n = 0; n < 6; n++) expect((await ways.POST(PEOPLE)).code).toBeNull()
    const refused = await ways.POST(PEOPLE)
    expect(refused).toMatchObject({ status: 429, code: 'RATE_LIMITED', reason: 'COST_PER_MINUTE' })
    expect(refused.headers.get('retry-after')).toBe('10')
    timeMs += 9999
    expect((await ways.POST(PEOPLE)).code).toBe('RATE_LIMITED')
    timeMs += 1
    expect((await ways.POST(PEOPLE)).code).toBeNull()
  })

  it('holds over all ways in together', async () => {
    const { ways } = await start({ anonymous: { costPerMinute: 5 } })
    for (const way of ['POST', 'GET', 'SSE', 'multipart', 'WebSocket'] as const) expect((await ways[way](ME)).code).toBeNull()
    for (const way of ['POST', 'GET', 'SSE', 'multipart', 'WebSocket'] as const) expect((await ways[way](ME)).code).toBe('RATE_LIMITED')
  })

  it('is one for each person and client, not for the address that they share', async () => {
    const { ways, signIn } = await start({ signedIn: { costPerMinute: 1 } })
    expect((await ways.POST(ME, await signIn('dashboard', 'user-1'))).code).toBeNull()
    expect((await ways.POST(ME, await signIn('dashboard', 'user-1'))).code).toBe('RATE_LIMITED')
    expect((await ways.POST(ME, await signIn('dashboard', 'user-2'))).code).toBeNull()
    expect((await ways.POST(ME, await signIn('portal', 'user-1'))).code).toBeNull()
    expect((await ways.POST(ME)).code).toBeNull()
  })

  it('counts acts by themselves', async () => {
    const { ways, signIn } = await start({ signedIn: { costPerMinute: 10_000, actsPerMinute: 2 } })
    const headers = await signIn('dashboard')
    expect([(await ways.POST(ACT, headers)).code, (await ways.POST(ACT, headers)).code]).toEqual([null, null])
    expect(await ways.POST(ACT, headers)).toMatchObject({ code: 'RATE_LIMITED', reason: 'ACTS_PER_MINUTE' })
    expect((await ways.POST(ME, headers)).code).toBeNull()
  })

  it('may hold for a whole client, and nobody who only bears its name can use it up', async () => {
    const { ways, signIn } = await start({ clients: { dashboard: { clientCostPerMinute: 2 } } })
    for (let n = 0; n < 5; n++) expect((await ways.POST(ME, { 'hub-client': 'dashboard' })).code).toBeNull()
    expect((await ways.POST(ME, await signIn('dashboard', 'user-1'))).code).toBeNull()
    expect((await ways.POST(ME, await signIn('dashboard', 'user-2'))).code).toBeNull()
    expect(await ways.POST(ME, await signIn('dashboard', 'user-3'))).toMatchObject({
      code: 'RATE_LIMITED',
      reason: 'CLIENT_COST_PER_MINUTE',
    })
  })

  it('is not spent by what admission refuses', async () => {
    const { ways } = await start({ anonymous: { costPerMinute: 10, maxCost: 10 } })
    for (let n = 0; n < 20; n++) expect((await ways.POST({ query: '{ people { friends { id } } }' })).code).toBe('COST_OVER_LIMIT')
    expect((await ways.POST(PEOPLE)).code).toBeNull()
  })
})

describe('a registered client', () => {
  it('may declare the purposes that it is registered for and no other', async () => {
    const { ways, signIn } = await start({ clients: { dashboard: { purposes: ['OVERSIGHT'] } } })
    const headers = await signIn('dashboard')
    expect((await ways.POST(ME, { ...headers, 'hub-purpose': 'OVERSIGHT' })).code).toBeNull()
    expect(await ways.POST(ME, { ...headers, 'hub-purpose': 'CARE' })).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
      reason: 'CLIENT_PURPOSE',
    })
    expect((await ways.POST(ME, headers)).code).toBeNull()
    expect((await ways.POST(ME, { ...(await signIn('portal')), 'hub-purpose': 'CARE' })).code).toBeNull()
  })

  it('may have wider limits and dearer operations than others', async () => {
    const { ways, signIn } = await start({
      signedIn: { maxCost: 10 },
      clients: { dashboard: { maxCost: 5000, limits: { maxDepth: 16 } } },
    })
    const deepOf = (below: string): { query: string } => ({ query: `{ me ${'{ pet { owner '.repeat(7)}{ ${below} }${' } }'.repeat(7)} }` })
    expect((await ways.POST(deepOf('id'), await signIn('dashboard'))).code).toBeNull()
    expect((await ways.POST(deepOf('favourite { id }'), await signIn('dashboard'))).reason).toBe('DEPTH_OVER_16')
    expect((await ways.POST(deepOf('id'), await signIn('portal'))).reason).toBe('DEPTH_OVER_15')
    expect((await ways.POST({ query: '{ people { friends { id } } }' }, await signIn('dashboard'))).code).toBeNull()
    expect((await ways.POST({ query: '{ people { friends { id } } }' }, await signIn('portal'))).code).toBe('COST_OVER_LIMIT')
  })

  it('may ask about the schema where others may not', async () => {
    const { ways, signIn } = await start({ clients: { explorer: { introspection: true } } })
    const question = { query: '{ __schema { queryType { name } } }' }
    expect((await ways.POST(question, await signIn('explorer'))).text).toContain('"Query"')
    expect((await ways.POST(question, await signIn('portal'))).reason).toBe('DOCUMENT_INVALID')
    expect((await ways.POST(question, { 'hub-client': 'explorer' })).reason).toBe('DOCUMENT_INVALID')
  })

  it('may be kept from asking where others may', async () => {
    const { ways, signIn } = await start({ anonymous: { introspection: false } }, true)
    const question = { query: '{ __type(name: "Person") { name } }' }
    expect((await ways.POST(question, await signIn('portal'))).code).toBeNull()
    expect((await ways.POST(question)).reason).toBe('DOCUMENT_INVALID')
  })
})

describe('answers that give away nothing', () => {
  it.each([
    ['suggests no field', '{ peple { id } }', 'people'],
    ['suggests no argument', '{ person(idd: 1) { id } }', '"id"'],
    ['suggests no type', '{ feed { ... on Persn { id } } }', 'Person'],
    ['suggests no value', '{ search(kind: NOVL) { __typename } }', 'NOVEL'],
    ['names no type behind the schema', '{ __type(name: "Person") { fields { name } } }', 'fields'],
  ])('%s', async (_, query, hidden) => {
    const { ways } = await start({})
    const reply = await ways.POST({ query })
    expect(reply.reason).toBe('DOCUMENT_INVALID')
    expect(
      JSON.stringify((JSON.parse(reply.text) as { errors: { message: string }[] }).errors.map(({ message }) => message)),
    ).not.toContain(hidden)
    expect(reply.text).not.toContain('Did you mean')
  })

  it('repeats no more of a text than a token of ordinary length, and lists no more than twenty faults', async () => {
    const { ways } = await start({})
    const long = await ways.POST({ query: `{ me ${'x'.repeat(20_000)}` })
    expect(long.text.length).toBeLessThan(1000)
    const garbage = await ways.POST({ query: `{ me { id } } "${'secret '.repeat(2000)}"` })
    expect(garbage.text.length).toBeLessThan(1000)
    const many = await ways.POST({ query: `{ me { ${Array.from({ length: 100 }, (_, n) => `u${n}`).join(' ')} } }` })
    expect((JSON.parse(many.text) as { errors: unknown[] }).errors.length).toBeLessThanOrEqual(21)
  })

  it('counts questions about the schema like all other fields', async () => {
    const { ways } = await start({ anonymous: { maxCost: 150 } }, true)
    expect((await ways.POST({ query: '{ __schema { queryType { name } } }' })).code).toBeNull()
    expect((await ways.POST({ query: '{ __schema { queryType { name } } __type(name: "Person") { name } }' })).code).toBe('COST_OVER_LIMIT')
  })
})
