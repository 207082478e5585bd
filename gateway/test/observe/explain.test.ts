import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import type { Explanation } from '../../src/observe/explain/explanation.js'
import { printPlan } from '../../src/observe/explain/print-plan.js'
import { startAdmission, WAYS, type AdmissionFixture } from '../admission/fixture-admission.js'

const QUERY = '{ person(id: "p1") { name score } }'
const ALL = { 'hub-explain': 'plan, timings, cost' }

/** The extension in an answer, whatever frames it: the JSON object that begins after its key. */
const explanationIn = (text: string): Explanation | null => {
  const from = text.indexOf('"hub":{')
  if (from < 0) return null
  for (let to = text.indexOf('}', from); to > 0; to = text.indexOf('}', to + 1)) {
    try {
      return JSON.parse(text.slice(from + '"hub":'.length, to + 1)) as Explanation
    } catch {
      // Not its own closing brace.
    }
  }
  return null
}

describe('the explanation of an operation', () => {
  let hub: AdmissionFixture
  beforeAll(async () => {
    hub = await startAdmission({ clients: { anonymous: { mayExplain: true }, clients: { explorer: { mayExplain: true, maxCost: 1000 } } } })
  })
  afterAll(() => hub.close())

  it.each(WAYS)('tells a client with the right, over %s, plan, timings and cost', async (way) => {
    const { text } = await hub.ways[way]({ query: QUERY }, { ...(await hub.signIn('explorer')), ...ALL })
    const explanation = explanationIn(text)
    expect(explanation?.release).toMatch(/^[0-9a-f]{64}$/)
    expect(explanation?.plan).toMatchObject({
      kind: 'sequence',
      steps: [
        { kind: 'call', party: 'residents', entities: [] },
        { kind: 'call', party: 'committees', entities: [{ paths: ['person'], requires: expect.stringContaining('id') }] },
      ],
    })
    expect(explanation?.timings?.map(({ party, representations, shared, ok }) => ({ party, representations, shared, ok }))).toEqual([
      { party: 'residents', representations: 0, shared: false, ok: true },
      { party: 'committees', representations: 1, shared: false, ok: true },
    ])
    for (const { startedMs, ms, bytes } of explanation?.timings ?? []) {
      expect(startedMs).toBeGreaterThanOrEqual(0)
      expect(ms).toBeGreaterThanOrEqual(0)
      expect(bytes).toBeGreaterThan(0)
    }
    expect(explanation?.cost).toMatchObject({ limit: 1000, remaining: null })
  })

  it.each(WAYS)('is not given over %s to those without the right, and nothing shows that there is one', async (way) => {
    const without = (text: string): string => text.replace(/"traceId":"[^"]*"|"ms":[0-9]+/g, '').replace(/-{0,2}[0-9a-f]{24,}/g, '')
    const strangers = [await hub.signIn('portal', 'other'), {}, { 'hub-client': 'explorer' }]
    for (const headers of strangers) {
      const plain = await hub.ways[way]({ query: QUERY }, headers)
      const asked = await hub.ways[way]({ query: QUERY }, { ...headers, ...ALL })
      expect(explanationIn(asked.text)).toBeNull()
      expect(without(asked.text)).toBe(without(plain.text))
    }
  })

  it('has only what is named', async () => {
    const headers = await hub.signIn('explorer')
    const explained = async (words: string): Promise<string[]> =>
      Object.keys(explanationIn((await hub.ways.POST({ query: QUERY }, { ...headers, 'hub-explain': words })).text) ?? {})
    expect(await explained('cost')).toEqual(['release', 'cost'])
    expect(await explained('Plan, nonsense')).toEqual(['release', 'plan'])
    expect(await explained('nonsense')).toEqual([])
  })

  it('is there for everybody where the schema is shown, for development', async () => {
    const open = await startAdmission({}, true)
    try {
      const { text } = await open.ways.POST({ query: QUERY }, ALL)
      expect(Object.keys(explanationIn(text) ?? {})).toEqual(['release', 'plan', 'planMs', 'timings', 'cost'])
    } finally {
      await open.close()
    }
  })

  it('can be printed', async () => {
    const { text } = await hub.ways.POST({ query: QUERY }, { ...(await hub.signIn('explorer')), ...ALL })
    const plan = explanationIn(text)?.plan
    if (plan === undefined) throw new Error('no plan')
    const printed = printPlan(plan)
    expect(printed).toMatch(/^Sequence \{\n {2}Fetch\(service: "residents"\) \{\n {4}(query )?\{\n/)
    expect(printed).toContain('Fetch(service: "committees")')
    expect(printed).toMatch(/at "person": \{ .*id.* \} =>/)
    expect(printed.split('{').length).toBe(printed.split('}').length)
  })
})
