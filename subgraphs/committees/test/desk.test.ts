import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, REFUSED, type TestActor } from '@commonhall/harness'
import { encodeCursor } from '@commonhall/shared/loading'
import { newTypeId } from '@commonhall/shared/typeid'

import { cadreOf, MONDAY, readDesk, startSmallStreet, submit, type SmallStreet } from './street.data.js'

const DESK = `query ($committee: ID!, $filter: TriageDeskFilter, $after: String, $first: Int) {
  triageDesk(committee: $committee, filter: $filter, after: $after, first: $first) { nodes { id } totalCount } }`
const MS_PER_HOUR = 3_600_000

describe('the desk', () => {
  let street: SmallStreet
  const submitted: string[] = []
  beforeAll(async () => {
    street = await startSmallStreet()
    for (let n = 0; n < 25; n++)
      submitted.push(
        await submit(street, { kind: n % 5 === 0 ? 'PRAISE' : 'COMPLAINT', at: new Date(MONDAY.getTime() - n * 12 * MS_PER_HOUR) }),
      )
  })
  afterAll(() => street.party.stop())

  it('shows what waits, the nearest limit first, complete over its pages', async () => {
    const nodes = await readDesk(street, {}, 4)
    expect(nodes.map(({ suggestion }) => suggestion.id).sort()).toEqual([...submitted].sort())
    const keys = nodes.map(({ triageBy, id }) => `${triageBy} ${id}`)
    expect(keys).toEqual([...keys].sort())
    expect(nodes[0]).toMatchObject({ state: 'WAITING', bounces: 0, proposedItem: { id: street.lamps } })
  })

  it('filters by kind, cell, age, limit and state', async () => {
    expect(await readDesk(street, { kinds: ['PRAISE'] })).toHaveLength(5)
    expect(await readDesk(street, { cell: street.cell })).toHaveLength(25)
    expect(await readDesk(street, { cell: street.otherCell })).toEqual([])
    expect(await readDesk(street, { cell: 'nonsense' })).toEqual([])
    expect(await readDesk(street, { olderThanDays: 10 })).toHaveLength(4)
    const late = (await readDesk(street)).filter(({ triageBy }) => new Date(triageBy) < MONDAY)
    expect(late.length).toBeGreaterThan(0)
    expect(await readDesk(street, { overdue: true })).toEqual(late)
    expect(await readDesk(street, { states: ['ROUTED', 'LEFT'] })).toEqual([])
    const mutation = `mutation ($input: TriageSuggestionInput!) { triageSuggestion(input: $input) { ${REFUSED} ... on Triage { id } } }`
    expectDone(await street.party.run(cadreOf(street), mutation, { input: { suggestion: submitted.pop(), route: 'SELF' } }))
    expect(await readDesk(street, { states: ['ROUTED'] })).toHaveLength(1)
    expect(await readDesk(street, { states: ['ROUTED', 'WAITING'] }, 7)).toHaveLength(25)
    expect(await readDesk(street)).toHaveLength(24)
  })

  it('keeps its pages whole while new entries arrive', async () => {
    const seen: string[] = []
    let after: string | null = null
    const query = `query ($c: ID!, $after: String) { triageDesk(committee: $c, first: 5, after: $after) {
      nodes { suggestion { id } } pageInfo { hasNextPage endCursor } } }`
    for (let hasNext = true; hasNext;) {
      const { data } = await street.party.run(cadreOf(street), query, { c: street.committee, after })
      seen.push(...data.triageDesk.nodes.map((node: { suggestion: { id: string } }) => node.suggestion.id))
      ;({ endCursor: after, hasNextPage: hasNext } = data.triageDesk.pageInfo)
      await submit(street, { at: new Date(MONDAY.getTime() - 30 * 24 * MS_PER_HOUR) })
    }
    expect(seen).toEqual([...new Set(seen)])
    expect(submitted.every((suggestion) => seen.includes(suggestion))).toBe(true)
  })

  it.each<[string, () => TestActor, string]>([
    ['a visitor', () => actors.anonymous(), 'NOT_YOUR_FUNCTION'],
    ['a resident', () => actors.resident('r'), 'NOT_YOUR_FUNCTION'],
    ['an auditor', () => actors.auditor(), 'NOT_YOUR_FUNCTION'],
    ['an officer', () => actors.officer(street.urban), 'NOT_YOUR_FUNCTION'],
    ['a worker', () => actors.worker(street.nonprofit), 'NOT_YOUR_FUNCTION'],
    ['a cadre of another committee', () => actors.cadre(street.otherCommittee), 'NOT_YOUR_RECORD'],
    ['a clerk of another committee', () => actors.clerk(street.otherCommittee), 'NOT_YOUR_RECORD'],
  ])('is closed to %s', async (_, actorOf, reason) => {
    const answer = await street.party.run(actorOf(), DESK, { committee: street.committee })
    expect(answer.data).toEqual({ triageDesk: null })
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason })
  })

  it('is open to the clerk, who records but does not route', async () => {
    expectNoErrors(await street.party.run(actors.clerk(street.committee), DESK, { committee: street.committee }))
  })

  it('resolves 100 places in one statement for its own people, and none for others', async () => {
    const [node] = await readDesk(street)
    const r = Array.from({ length: 100 }, () => ({ __typename: 'TriageItem', id: node?.id }))
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on TriageItem { id } } }`
    const names = await street.party.statements(async () => {
      const { data } = await street.party.run(cadreOf(street), query, { r })
      expect(data._entities).toHaveLength(100)
      expect(data._entities[99]).toEqual({ id: node?.id })
    })
    expect(names).toEqual(['triage_items.by_ids'])
    for (const actor of [actors.anonymous(), actors.cadre(street.otherCommittee), actors.auditor()]) {
      const answer = await street.party.run(actor, query, { r: r.slice(0, 1) })
      expect(answer.data._entities).toEqual([null])
    }
  })

  it.each([
    { first: 0 },
    { first: 101 },
    { after: 'zzz' },
    { after: encodeCursor(['yesterday', newTypeId('tri')]) },
    { after: encodeCursor([5, 'b']) },
    { after: encodeCursor(['2026-03-02T02:00:00.000Z', '\u0000']) },
    { filter: { olderThanDays: -1 } },
    { filter: { kinds: Array.from({ length: 50 }, () => 'X') } },
  ])('refuses to page by %j', async (variables) => {
    const answer = await street.party.run(cadreOf(street), DESK, { committee: street.committee, ...variables })
    expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
  })

  it('hides the rows of one committee from the other in SQL too, and lets nobody write for another', async () => {
    const { database } = street.party.party
    const all = { name: 'test.all', text: 'select id from triage_items' }
    expect(await database.read.rows(all)).toEqual([])
    expect(await database.readAs(street.otherCommittee, (reader) => reader.rows(all))).toEqual([])
    const steal = { name: 'test.steal', text: `update triage_items set owner_party_id = $1 returning id` }
    expect(await database.transaction(street.otherCommittee, (tx) => tx.rows(steal, [street.otherCommittee]))).toEqual([])
    const forge = {
      name: 'test.forge',
      text: `insert into ledger_entries (id, owner_party_id, community_id, title, feedback_every_days, opened_at) values ('led_x', $1, 'c', 't', 7, now())`,
    }
    await expect(database.transaction(street.otherCommittee, (tx) => tx.rows(forge, [street.committee]))).rejects.toThrow(
      /row-level security/,
    )
  })
})
