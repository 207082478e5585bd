import { describe, expect, it } from '@jest/globals'

import { composeSupergraph } from '@commonhall/shared/composition'

import { createPlanner, type Planner } from './planner.js'
import type { PlanNode, QueryPlan } from './plan-nodes.js'

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable", "@override"])\n`

const plannerOf = (subgraphs: Readonly<Record<string, string>>): Planner => {
  const composed = composeSupergraph(Object.entries(subgraphs).map(([name, sdl]) => ({ name, sdl: LINK + sdl, url: '' })))
  if (!composed.ok) throw new Error(JSON.stringify(composed.errors))
  return createPlanner(composed.supergraphSdl)
}

/** The calls of a plan in waves, each as the party and what it is asked. */
const wavesOf = (plan: QueryPlan): string[][] => {
  const calls = (node: PlanNode): string[] => {
    if (node.kind === 'Fetch' || node.kind === 'BatchFetch') return [`${node.serviceName}: ${node.operation}`]
    if (node.kind === 'Flatten') return calls(node.node)
    return node.kind === 'Subscription' ? calls({ ...node.primary, kind: 'Fetch' }) : node.nodes.flatMap(calls)
  }
  if (plan.node === undefined) return []
  return plan.node.kind === 'Sequence' ? plan.node.nodes.map(calls) : [calls(plan.node)]
}

const TOWN = {
  houses:
    'type Query { house: House houses: [House!] } type House @key(fields: "id") { id: ID! street: String number: Int } type Subscription { built: House }',
  taxes: 'type House @key(fields: "id") { id: ID! tax: Int street: String @external zone: String @requires(fields: "street") }',
  people:
    'type Query { mayor: Person } type House @key(fields: "id") { id: ID! owner: Person } type Person @key(fields: "id") { id: ID! name: String home: House }',
}

describe('a plan', () => {
  it('is one call where one party knows it all', async () => {
    expect(wavesOf(await plannerOf(TOWN).plan('{ houses { street number } }'))).toEqual([['houses: {houses{street number}}']])
  })

  it('asks two parties at the same time for what is added to an entity', async () => {
    expect(wavesOf(await plannerOf(TOWN).plan('{ houses { tax owner { name } } }'))).toEqual([
      ['houses: {houses{__typename id}}'],
      [
        'taxes: query($representations:[_Any!]!){_entities(representations: $representations){...on House{tax}}}',
        'people: query($representations:[_Any!]!){_entities(representations: $representations){...on House{owner{name}}}}',
      ],
    ])
  })

  it('merges places of one party into one call, and equal selections into one list', async () => {
    const plan = await plannerOf(TOWN).plan('{ a: house { tax } b: houses { tax } c: house { zone } }')
    expect(wavesOf(plan)[1]).toEqual([
      'taxes: query($__batch_reps_0:[_Any!]!,$__batch_reps_1:[_Any!]!){_e0: _entities(representations: $__batch_reps_0){...on House{tax}} _e1: _entities(representations: $__batch_reps_1){...on House{zone}}}',
    ])
  })

  it('hands directives of fields on to whoever answers them, each once, with their variables', async () => {
    const planner = plannerOf(TOWN)
    const document =
      'query Q($w: String!) { house { street @mark(word: $w) ... on House { street @mark(word: $w) @other } tax @mark(word: "x") } }'
    expect(wavesOf(await planner.plan(document))).toEqual([
      ['houses: query($w: String!){house{street @mark(word: $w) @other __typename id}}'],
      ['taxes: query($representations:[_Any!]!){_entities(representations: $representations){...on House{tax @mark(word: "x")}}}'],
    ])
  })

  it('declares the variables that a call uses, and no others', async () => {
    const planner = plannerOf({ a: 'type Query { x(n: Int, m: Int): Int y(n: Int): Int }' })
    expect(wavesOf(await planner.plan('query Q($n: Int = 3, $m: Int, $o: Int) { x(n: $n) y(n: 4) }'))).toEqual([
      ['a: query($n: Int = 3){x(n: $n) y(n: 4)}'],
    ])
  })

  it('of a subscription starts with its events and goes on for each', async () => {
    const plan = await plannerOf(TOWN).plan('subscription { built { street tax } }')
    expect(plan.node).toMatchObject({ kind: 'Sequence', nodes: [{ kind: 'Subscription' }, { kind: 'Flatten' }] })
  })

  it('is empty where only the type name is asked', async () => {
    expect(await plannerOf(TOWN).plan('{ __typename }')).toEqual({ kind: 'QueryPlan' })
  })
})

describe('the planner refuses', () => {
  it('a field that no graph can be reached for, by name', async () => {
    const composed = composeSupergraph(Object.entries(TOWN).map(([name, sdl]) => ({ name, sdl: LINK + sdl, url: '' })))
    if (!composed.ok) throw new Error('does not compose')
    const planner = createPlanner(composed.supergraphSdl.replace('graph: TAXES, key: "id"', 'graph: TAXES, key: "id", resolvable: false'))
    await expect(planner.plan('{ house { tax } }')).rejects.toMatchObject({
      reason: 'PLAN_IMPOSSIBLE',
      detail: expect.stringContaining('tax'),
    })
  })

  it('a document whose plan would need more work than one document may cause', async () => {
    const planner = plannerOf(TOWN)
    const fields = Array.from({ length: 21_000 }, (_, index) => `a${index}: street`).join(' ')
    await expect(planner.plan(`{ house { ${fields} } }`)).rejects.toMatchObject({ code: 'DOCUMENT_TOO_LARGE', reason: 'PLAN_TOO_LARGE' })
  })

  it('more new documents than may wait, and plans those that wait one per turn', async () => {
    const planner = plannerOf(TOWN)
    const plans = Array.from({ length: 210 }, (_, index) => planner.plan(`{ a${index}: house { street } }`))
    const settled = await Promise.allSettled(plans)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(200)
    expect(settled.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'OVERLOADED' } })
  })
})
