import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectNoErrors, startTestParty, type TestParty } from '@commonhall/harness'
import { createStreet } from '@commonhall/street'

import { createNonprofitsSubgraph, migrateNonprofits, seedNonprofits } from '../src/subgraph.js'

const ANCHOR = new Date('2026-03-02T02:00:00Z')

/** What must never be found, as SQL that returns nothing. */
const CHECKS: Readonly<Record<string, string>> = {
  'an answer without its referral': `select e.id from engagements e left join referrals r on r.id = e.referral_id and r.engagement_id = e.id
     and r.owner_party_id = e.owner_party_id and r.suggestion_id = e.suggestion_id and r.answered_at = e.at where r.id is null`,
  'a referral of an unknown organization': `select r.id from referrals r left join nonprofits n on n.id = r.owner_party_id where n.id is null`,
  'an organization that was asked without its suggestion knowing': `select r.id from referrals r
     left join matters m on m.suggestion_id = r.suggestion_id and r.owner_party_id = any(m.asked) where m.suggestion_id is null`,
  'a referral that waits although its suggestion has ended or went elsewhere': `select r.id from referrals r join matters m using (suggestion_id)
     where r.finished_at is null and (m.withdrawn_at is not null or m.merged_at is not null or (r.answered_at is null and m.triage_id <> r.triage_id))`,
  'a finished answer on the desk, or an owed one off it': `select r.id from referrals r join engagements e on e.referral_id = r.id
     where (r.finished_at is null) <> (e.promise is not null and e.delivered_at is null and e.lapsed_at is null)`,
  'a promise that the clock looks at although nothing is owed': `select id from engagements
     where next_look_at is not null and (promise is null or delivered_at is not null or lapsed_at is not null)`,
  'a promise that comes near its limit and is not looked at': `select id from engagements
     where next_look_at is null and promise is not null and delivered_at is null and lapsed_at is null and due_at >= '${ANCHOR.toISOString()}'`,
  'columns that differ from the promise': `select id from engagements where promise is not null and (first_due_at <> (promise->>'firstDueAt')::timestamptz
     or due_at <> (promise->>'dueAt')::timestamptz or kept_at is distinct from (promise->>'keptAt')::timestamptz
     or extension_count <> jsonb_array_length(promise->'extensions'))`,
  'a total that differs from the engagements it counts': 'select scope_id, span, day from work_faults',
  'a record of an answer that differs from its referral': `select r.id from referrals r full join answer_records a on a.referral_id = r.id
     where r.answer_by is distinct from a.answer_by or r.answered_at is distinct from a.answered_at or r.closed_at is distinct from a.closed_at`,
}

describe('the seeded street', () => {
  let nonprofits: TestParty
  const street = createStreet({ anchor: ANCHOR, scale: 0.05 })
  const load = (): Promise<Record<string, number>> =>
    seedNonprofits({ ownerUrl: nonprofits.database.ownerUrl, street, personaSubjects: {} })

  beforeAll(async () => {
    nonprofits = await startTestParty({ name: 'nonprofits', migrate: migrateNonprofits, create: createNonprofitsSubgraph, now: ANCHOR })
  })
  afterAll(() => nonprofits.stop())

  it('has 162 organizations, and a second load changes nothing', async () => {
    const loaded = await load()
    const stories = [...street.suggestions()]
    const told = stories.flatMap(({ referrals }) => referrals).length
    expect(loaded).toMatchObject({
      nonprofits: 162,
      communities: 9,
      engagements: stories.flatMap(({ engagements }) => engagements).length,
    })
    expect(loaded['referrals']).toBeGreaterThanOrEqual(told)
    expect(await load()).toEqual({})
    expect(await nonprofits.sql('select id from nonprofits')).toHaveLength(162)
  })

  it.each(Object.keys(CHECKS))('holds never %s', async (name) => {
    expect(await nonprofits.sql(`select set_config('hub.party', '', false)`)).toHaveLength(1)
    await nonprofits.sql('alter table referrals no force row level security')
    expect(await nonprofits.sql(CHECKS[name] ?? '')).toEqual([])
  })

  it('does not tell history again: the watcher is silent at its anchor', async () => {
    expect(await nonprofits.published()).toEqual([])
  })

  it('shows a worker the own desk, and everybody the answers to a suggestion, oldest first', async () => {
    const story = [...street.suggestions()].find(({ engagements }) => engagements.length > 1)
    const answer = await nonprofits.run(
      actors.anonymous(),
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Suggestion { engagements { id at by { name } promise { state } } } } }`,
      { r: [{ __typename: 'Suggestion', id: story?.id }] },
    )
    expectNoErrors(answer)
    const engagements = answer.data._entities[0].engagements as { id: string; at: string }[]
    expect(new Set(engagements.map(({ id }) => id))).toEqual(new Set(story?.engagements.map(({ id }) => id)))
    expect(engagements.map(({ at }) => at)).toEqual(engagements.map(({ at }) => at).sort())
    const { worker } = street.personas
    const desk = await nonprofits.run(
      actors.worker(worker.id),
      `{ referrals(nonprofit: "${worker.id}") { nodes { id overdue suggestion { id } } } }`,
    )
    expectNoErrors(desk)
  })
})
