import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectNoErrors, startTestParty, type TestParty } from '@commonhall/harness'
import { createStreet, type SuggestionStory } from '@commonhall/street'

import { createGovernmentSubgraph, migrateGovernment, seedGovernment } from '../src/subgraph.js'

const anchor = new Date('2026-11-23T02:00:00Z')
const street = createStreet({ anchor, scale: 0.02 })
const stories: readonly SuggestionStory[] = [...street.suggestions()]

describe('the departments of the demo street', () => {
  let government: TestParty
  let loaded: Record<string, number>
  beforeAll(async () => {
    government = await startTestParty({ name: 'government', migrate: migrateGovernment, create: createGovernmentSubgraph, now: anchor })
    // The owner of the tables looks at all desks at once; the party's own login still may not.
    await government.sql('alter table inbox_items no force row level security')
    loaded = await seedGovernment({ ownerUrl: government.database.ownerUrl, street, personaSubjects: {} })
  })
  afterAll(() => government.stop())

  const count = async (sql: string): Promise<number> =>
    Number((await government.sql<{ n: string }>(`select count(*) as n from ${sql}`))[0]?.n)

  it('have every answer, note and question of the stories', () => {
    const handlings = stories.flatMap(({ caseHandlings }) => caseHandlings)
    expect(loaded).toMatchObject({
      manifests: 1,
      departments: 8,
      function_items: 340,
      communities: 9,
      suggestions: stories.length,
      case_handlings: handlings.length,
      progress_notes: handlings.flatMap(({ progress }) => progress).length,
      case_questions: handlings.flatMap(({ questions }) => questions).length,
      journal: 1,
    })
  })

  it('have on their desks what waits for an answer and what was promised and lives, and after a reopening what is asked again', async () => {
    const alive = stories.filter(({ withdrawnAt, mergedAt }) => withdrawnAt === null && mergedAt === null)
    const promised = alive
      .flatMap(({ caseHandlings }) => caseHandlings)
      .filter(({ promise, resolvedAt }) => promise !== null && resolvedAt === null)
    const reopened = alive.filter(
      ({ stage, caseHandlings }) => stage === 'REOPENED' && caseHandlings.some(({ resolvedAt }) => resolvedAt !== null),
    )
    expect(promised.length).toBeGreaterThan(10)
    expect(reopened.length).toBeGreaterThan(0)
    expect(await count('inbox_items where finished_at is null and answered_at is not null')).toBe(promised.length)
    for (const { id } of reopened)
      expect(
        await count(`inbox_items where suggestion_id = '${id}' and round = 1 and finished_at is null and answered_at is null`),
      ).toBeGreaterThan(0)
  })

  it.each([
    [
      'an item and its record disagree',
      `inbox_items i full join answer_records r on r.item_id = i.id where (i.answered_at, i.closed_at, i.answer_by) is distinct from (r.answered_at, r.closed_at, r.answer_by)`,
    ],
    [
      'an answer stands at no item',
      `case_handlings h left join inbox_items i on i.id = h.inbox_item_id where i.handling_id is distinct from h.id`,
    ],
    [
      'a promise differs from its columns',
      `case_handlings where (promise->>'dueAt')::timestamptz is distinct from due_at or (promise->>'keptAt')::timestamptz is distinct from kept_at`,
    ],
    [
      'something of an ended suggestion is on a desk',
      `inbox_items i join suggestions s on s.id = i.suggestion_id where i.finished_at is null and (s.withdrawn_at is not null or s.merged_at is not null)`,
    ],
    [
      'a desk holds what is resolved',
      `inbox_items i join case_handlings h on h.id = i.handling_id where i.finished_at is null and (h.resolved_at is not null or h.verdict = 'DECLINED')`,
    ],
    ['a total differs from the cases it counts', 'responsiveness_faults'],
    ['a spread differs from the answers it counts', 'responsiveness_spread_faults'],
    [
      'a department lacks in its suggestion',
      `inbox_items i join suggestions s on s.id = i.suggestion_id where not s.departments @> array[i.owner_party_id]`,
    ],
  ])('have no row in which %s', async (_, sql) => {
    expect(await count(sql)).toBe(0)
  })

  it('have nothing to tell at the anchor: what came near or broke was told in its time', async () => {
    await government.settle()
    expect(await government.published()).toEqual([])
    expect(await count(`case_handlings where broken_told_for is not null`)).toBeGreaterThan(0)
  })

  it('are loaded once, also by two seeds at the same time', async () => {
    const again = await Promise.all(
      [1, 2].map(() => seedGovernment({ ownerUrl: government.database.ownerUrl, street, personaSubjects: {} })),
    )
    expect(again).toEqual([{}, {}])
    expect(await count('case_handlings')).toBe(loaded['case_handlings'])
  })

  it('are counted like the stories say', async () => {
    const [community] = street.communities
    const from = new Date('2026-05-31T16:00:00Z')
    const to = new Date('2026-09-30T16:00:00Z')
    const own = stories.filter((story) => story.community === community?.id)
    const handlings = own.flatMap((story) => story.caseHandlings)
    const given = handlings.filter(({ at }) => at >= from && at < to)
    const owed = own.flatMap((story) =>
      story.caseHandlings.flatMap(({ promise, resolvedAt }) => {
        const lapsedAt = resolvedAt === null ? (story.withdrawnAt ?? story.mergedAt) : null
        return promise === null || (lapsedAt !== null && lapsedAt <= promise.dueAt) ? [] : [promise]
      }),
    )
    const due = owed.filter(({ dueAt }) => dueAt > from && dueAt <= to)
    const answer = await government.run(
      actors.anonymous(),
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { responsiveness(period: { from: "2026-06-01", to: "2026-09-30" }) {
        onTime { numerator denominator formula suppressed } bounced { numerator denominator } resolved { numerator denominator } overdueNow } } } }`,
      { r: [{ __typename: 'Community', id: community?.id }] },
    )
    expectNoErrors(answer)
    const accepted = given.filter(({ verdict }) => verdict === 'ACCEPTED')
    expect(due.length).toBeGreaterThan(0)
    expect(answer.data._entities[0].responsiveness).toEqual({
      onTime: {
        numerator: due.filter(({ keptAt, dueAt }) => keptAt !== null && keptAt <= dueAt).length,
        denominator: due.length,
        formula: 'I5.onTime/1',
        suppressed: false,
      },
      bounced: { numerator: given.filter(({ reason }) => reason === 'NOT_MY_FUNCTION').length, denominator: given.length },
      resolved: { numerator: accepted.filter(({ resolvedAt }) => resolvedAt !== null).length, denominator: accepted.length },
      overdueNow: owed.filter(({ keptAt, dueAt }) => keptAt === null && dueAt < anchor).length,
    })
  })
})
