import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, appRole, expectNoErrors, type TestParty } from '@commonhall/harness'
import { SUGGESTION_STAGES, isOpen } from '@commonhall/shared/matters'
import { newTypeId } from '@commonhall/shared/typeid'

import { aResident, aSuggestion, inNorth, north, south, startResidents, statementsOf, story } from './residents.data.js'

const LIST = `query ($community: ID, $filter: SuggestionFilter, $first: Int, $after: String) {
  suggestions(community: $community, filter: $filter, first: $first, after: $after) { nodes { id stage } pageInfo { hasNextPage endCursor } totalCount } }`

describe('lists, references and rows', () => {
  let party: TestParty
  let author: Awaited<ReturnType<typeof aResident>>
  let other: Awaited<ReturnType<typeof aResident>>
  const ids: string[] = []

  beforeAll(async () => {
    party = await startResidents()
    author = await aResident(party, 'author')
    other = await aResident(party, 'other', south)
    for (let i = 0; i < 12; i++) {
      ids.push(
        await aSuggestion(party, author.actor, {
          kind: i % 3 === 0 ? 'COMPLAINT' : 'SUGGESTION',
          shareText: i % 2 === 0,
          place: i % 4 === 0 ? null : inNorth,
        }),
      )
      party.clock.advanceMs(1_000)
    }
    for (const id of ids.slice(0, 3)) await story(party, id).toUrban()
  })
  afterAll(() => party.stop())

  const list = async (variables: Record<string, unknown>) => {
    const answer = await party.run(actors.anonymous(), LIST, variables)
    expectNoErrors(answer)
    return answer.data.suggestions as {
      nodes: { id: string; stage: string }[]
      pageInfo: { hasNextPage: boolean; endCursor: string }
      totalCount: null
    }
  }
  const idsOf = async (variables: Record<string, unknown>): Promise<string[]> => (await list(variables)).nodes.map(({ id }) => id)

  it('are newest first, complete page by page while others write, and never counted', async () => {
    const seen: string[] = []
    let after: string | undefined
    for (let more = true; more;) {
      const page = await list({ community: north.id, first: 5, after })
      expect(page.totalCount).toBeNull()
      seen.push(...page.nodes.map(({ id }) => id))
      await aSuggestion(party, author.actor)
      more = page.pageInfo.hasNextPage
      after = page.pageInfo.endCursor
    }
    expect(seen).toEqual([...ids].reverse())
    await party.sql(`select 1`)
  })

  it('are narrowed by kind, stage, cell, change and search, alone and together', async () => {
    expect(await idsOf({ community: north.id, filter: { kinds: ['COMPLAINT'] } })).toEqual([9, 6, 3, 0].map((i) => ids[i]))
    expect(await idsOf({ community: north.id, filter: { stages: ['TRIAGED', 'PROMISED', 'TRIAGED'] } })).toEqual(
      [2, 1, 0].map((i) => ids[i]),
    )
    expect(await idsOf({ community: north.id, filter: { stages: ['TRIAGED'], kinds: ['COMPLAINT'] } })).toEqual([ids[0]])
    expect(await idsOf({ filter: { stages: ['TRIAGED'] } })).toEqual([2, 1, 0].map((i) => ids[i]))
    expect(await idsOf({ community: north.id, filter: { stages: ['TRIAGED'], cell: north.cell } })).toEqual([2, 1].map((i) => ids[i]))
    expect(await idsOf({ community: north.id, filter: { stages: ['TRIAGED'], search: '路灯' } })).toEqual([2, 0].map((i) => ids[i]))
    expect(await idsOf({ community: north.id, filter: { search: '100%' } })).toEqual([])
    expect(await idsOf({ community: north.id, filter: { stages: ['TRIAGED'], updatedSince: '2099-01-01T00:00:00Z' } })).toEqual([])
    expect(await idsOf({ community: south.id })).toEqual([])
    for (const community of [newTypeId('com'), 'nonsense', 'a\u0000b']) expect(await idsOf({ community })).toEqual([])
    expect(await idsOf({ community: north.id, filter: { cell: 'a\u0000b' } })).toEqual([])
  })

  it('show what is overdue once its limit has passed', async () => {
    const filter = { overdue: true }
    expect(await idsOf({ community: north.id, filter })).toEqual([])
    const now = party.clock.now()
    party.clock.set(new Date(now.getTime() + 8 * 86_400_000))
    expect(await idsOf({ community: north.id, filter })).toEqual([2, 1, 0].map((i) => ids[i]))
    party.clock.set(now)
  })

  it.each([
    ['a page of nothing', { first: 0 }],
    ['a page of too much', { first: 101 }],
    ['a cursor that is none', { after: 'zzz' }],
    ['a cursor of another list', { after: Buffer.from('["URB-014"]').toString('base64url') }],
    ['a search that is too long', { filter: { search: 'x'.repeat(101) } }],
    ['a search that is blank', { filter: { search: ' ' } }],
    ['a search with NUL', { filter: { search: 'a\u0000' } }],
  ])('refuse %s', async (_, variables) => {
    const answer = await party.run(actors.anonymous(), LIST, { community: north.id, ...variables })
    expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
  })

  it('resolve 100 representations of every type in one statement each', async () => {
    const of = (type: string, id: string) => Array.from({ length: 100 }, (_, i) => ({ __typename: type, id: i === 0 ? 'nonsense' : id }))
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Suggestion { number } ... on Resident { verification } ... on CaseAnswer { at } } }`
    for (const [type, id, statement] of [
      ['Suggestion', ids[0]!, 'suggestions.by_ids'],
      ['Resident', author.id, 'residents.by_ids'],
      ['CaseAnswer', newTypeId('can'), 'case_answers.by_ids'],
    ] as const) {
      const names = await statementsOf(party, async () => {
        const answer = await party.run(actors.anonymous(), query, { r: of(type, id) })
        expectNoErrors(answer)
        expect(answer.data._entities).toHaveLength(100)
        expect(answer.data._entities[0]).toBeNull()
      })
      expect(names).toEqual([statement])
    }
  })

  it('read a page with everything beside it in one statement per kind of record', async () => {
    const query = `{ suggestions(community: "${north.id}", first: 100) { nodes { number text timeline { type party { name } } outcome { score } reopenings { at }
      answers { at } supportedByMe author { name } place } } }`
    const names = await statementsOf(party, async () =>
      expectNoErrors(await party.run({ ...actors.cadre(north.committee), purpose: 'CASE_HANDLING' }, query)),
    )
    expect(names.sort()).toEqual(
      ['suggestions.list_community', 'communities.by_ids', 'residents.by_subject', 'residents.by_ids', 'suggestion_facts.timelines']
        .concat(['known_parties.by_ids', 'outcomes.of_suggestions', 'reopenings.of_suggestions', 'case_answers.of_suggestions'])
        .sort(),
    )
  })

  it('give the entries of many communities and cells in one statement', async () => {
    const r = [
      ...Array.from({ length: 50 }, (_, i) => ({ __typename: 'Community', id: i % 2 === 0 ? north.id : south.id })),
      ...Array.from({ length: 50 }, () => ({ __typename: 'Cell', id: north.cell })),
    ]
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Community { suggestions(first: 3) { nodes { id } } } ... on Cell { suggestions(first: 2) { nodes { id } } } } }`
    const names = await statementsOf(party, async () => expectNoErrors(await party.run(actors.anonymous(), query, { r })))
    expect(names.sort()).toEqual(['suggestions.list_cell', 'suggestions.list_community'])
  })

  it('keep every row to its party, in SQL too', async () => {
    const { database } = party.party
    const asOther = (text: string) => database.transaction(other.id, (tx) => tx.rows({ name: `rls.${text.length}`, text }))
    const [before] = await party.sql<{ text: string }>(`select text from suggestions where id = $1`, [ids[0]])
    expect(await asOther(`update suggestions set text = 'forged' where id = '${ids[0]}' returning id`)).toEqual([])
    expect(await asOther(`delete from supports returning resident_id`)).toEqual([])
    expect(await asOther(`select birth_year from resident_private where resident_id = '${author.id}'`)).toEqual([])
    await expect(
      asOther(`insert into supports (suggestion_id, resident_id, at, age_band_then) values ('${ids[0]}', '${author.id}', now(), 'A18_29')`),
    ).rejects.toThrow(/row-level security/)
    await expect(
      asOther(
        `insert into outcomes (suggestion_id, owner_party_id, community_id, resolved, score, at) values ('${ids[0]}', '${author.id}', 'c', true, 5, now())`,
      ),
    ).rejects.toThrow(/row-level security/)
    expect(await party.sql(`select text from suggestions where id = $1`, [ids[0]])).toEqual([before])
    const [login] = await party.sql<{ free: boolean }>(`select rolsuper or rolbypassrls as free from pg_roles where rolname = $1`, [
      appRole('residents'),
    ])
    expect(login).toEqual({ free: false })
    const open = await party.sql<{ table: string }>(
      `select c.relname as table from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'owner_party_id'
       where c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)`,
    )
    expect(open).toEqual([])
  })

  it('index the open stages that shared/matters names', async () => {
    const [row] = await party.sql<{ definition: string }>(
      `select indexdef as definition from pg_indexes where indexname = 'suggestions_open_in_cell_idx'`,
    )
    const named = SUGGESTION_STAGES.filter((stage) => row?.definition.includes(`'${stage}'`))
    expect(named).toEqual(SUGGESTION_STAGES.filter(isOpen))
  })
})
