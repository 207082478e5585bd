import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectNoErrors, startTestParty, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { createNonprofitsSubgraph, migrateNonprofits } from '../src/subgraph.js'
import { registerNonprofits } from './street.data.js'

const PAGE = `query ($first: Int, $after: String, $form: NonprofitForm) {
  nonprofits(first: $first, after: $after, form: $form) { nodes { id name } pageInfo { hasNextPage endCursor } } }`

describe('the organizations of the street', () => {
  let nonprofits: TestParty
  const ids = Array.from({ length: 7 }, (_, i) => newTypeId('npo', 1_000 + i))
  const team = newTypeId('npo', 5_000)

  beforeAll(async () => {
    nonprofits = await startTestParty({ name: 'nonprofits', migrate: migrateNonprofits, create: createNonprofitsSubgraph })
    await registerNonprofits(nonprofits, ids)
    await registerNonprofits(nonprofits, [team], 'CULTURAL_TEAM')
  })
  afterAll(() => nonprofits.stop())

  it('are named in the language of the reader, and small numbers of members are not told', async () => {
    const query = `{ nonprofit(id: "${ids[1]}") { name description form registration active members { value suppressed } hostCommittee { id } } }`
    const english = await nonprofits.run(actors.anonymous(), query)
    expectNoErrors(english)
    expect(english.data.nonprofit).toEqual({
      name: 'Volunteers 1',
      description: 'About',
      form: 'VOLUNTEER_ORGANIZATION',
      registration: 'FILED',
      active: true,
      members: { value: null, suppressed: true },
      hostCommittee: null,
    })
    const chinese = await nonprofits.run({ ...actors.anonymous(), language: 'zh' }, query)
    expect(chinese.data.nonprofit).toMatchObject({ name: '志愿队1', description: '介绍' })
  })

  it('give nothing for an id that is none', async () => {
    for (const id of ['', 'npo_', 'x'.repeat(5_000), newTypeId('dep'), newTypeId('npo'), "npo_'; drop table nonprofits"]) {
      const answer = await nonprofits.run(actors.anonymous(), `query ($id: ID!) { nonprofit(id: $id) { id } }`, { id })
      expectNoErrors(answer)
      expect(answer.data.nonprofit).toBeNull()
    }
    const withNul = await nonprofits.run(actors.anonymous(), `query ($id: ID!) { nonprofit(id: $id) { id } }`, { id: 'npo_\u0000' })
    expectNoErrors(withNul)
  })

  it('are paged completely, each once, while others are entered', async () => {
    const seen: string[] = []
    let after: string | null = null
    for (let round = 0; round < 10; round++) {
      const answer = await nonprofits.run(actors.anonymous(), PAGE, { first: 3, after, form: 'VOLUNTEER_ORGANIZATION' })
      expectNoErrors(answer)
      const page = answer.data.nonprofits as { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
      seen.push(...page.nodes.map(({ id }) => id))
      if (round === 0) await registerNonprofits(nonprofits, [newTypeId('npo', 500), newTypeId('npo', 9_000)])
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(ids))
    expect(seen).not.toContain(team)
  })

  it('refuse a page that is none and a cursor that is not theirs', async () => {
    const cursors = ['zzz', Buffer.from('["a","b"]').toString('base64url')]
    for (const variables of [{ first: 0 }, { first: 101 }, ...cursors.map((after) => ({ after }))]) {
      const answer = await nonprofits.run(actors.anonymous(), PAGE, variables)
      expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
    }
  })

  it('resolve 100 representations in one statement, unknown ones to null', async () => {
    const representations = Array.from({ length: 100 }, (_, i) => ({
      __typename: 'Nonprofit',
      id: i === 50 ? newTypeId('npo') : ids[i % 7],
    }))
    const names = await nonprofits.statements(async () => {
      const answer = await nonprofits.run(
        actors.anonymous(),
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Nonprofit { name } } }`,
        { r: representations },
      )
      expectNoErrors(answer)
      expect(answer.data._entities.filter((one: unknown) => one === null)).toHaveLength(1)
    })
    expect(names).toEqual(['nonprofits.by_ids'])
  })
})
