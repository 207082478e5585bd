import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { actors, expectNoErrors, startTestParty, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { createNonprofitsSubgraph, migrateNonprofits } from '../src/subgraph.js'
import { ACCEPT, DECLINE, DELIVER, deskOf, EXTEND, registerNonprofits, triage } from './street.data.js'

/** What the totals must equal: every engagement of the period, looked at one by one. Dates are local days, whose limits end at 24:00. */
const SLOWLY = `
  with a as (select * from answer_records where community_id = $1 and answer_by > $2 and answer_by <= $3 and (closed_at is null or closed_at > answer_by)),
    e as (select * from engagements where community_id = $1),
    made as (select * from e where verdict = 'ACCEPTED' and at >= $2 and at < $3),
    done as (select * from e where delivered_at >= $2 and delivered_at < $3),
    due as (select * from e where due_at > $2 and due_at <= $3 and (lapsed_at is null or lapsed_at > due_at)),
    first as (select * from e where first_due_at > $2 and first_due_at <= $3 and (lapsed_at is null or lapsed_at > first_due_at))
  select array[(select count(*) from a), (select count(*) from a where answered_at <= answer_by), (select count(*) from made),
    (select count(*) from made where extension_count > 0), (select count(*) from done), (select count(*) from due),
    (select count(*) from due where kept_at <= due_at), (select count(*) from first), (select count(*) from first where kept_at <= first_due_at),
    (select count(*) from e where kept_at is null and lapsed_at is null and due_at < $4),
    (select count(distinct owner_party_id) from (select owner_party_id from made union all select owner_party_id from done) as busy)]::int[] as counts`

const RATE = '{ numerator denominator }'
const FAST = `query ($r: [_Any!]!, $period: PeriodInput!) { _entities(representations: $r) { ... on Community { nonprofitWork(period: $period) {
  handled received overdueNow responded ${RATE} active ${RATE} onTime ${RATE} keptPromise ${RATE} extended ${RATE} } } } }`
const FAULTS = 'select scope_id, span, day from work_faults'

describe('the work of nonprofits read from totals', () => {
  let nonprofits: TestParty
  const ids = [newTypeId('npo', 1), newTypeId('npo', 2), newTypeId('npo', 3)] as const
  const communities = [newTypeId('com', 1), newTypeId('com', 2)] as const
  const start = Date.parse('2026-03-02T02:00:00Z')
  let hours = 0
  beforeAll(async () => {
    nonprofits = await startTestParty({ name: 'nonprofits', migrate: migrateNonprofits, create: createNonprofitsSubgraph })
    await registerNonprofits(nonprofits, ids)
  })
  afterAll(() => nonprofits.stop())

  const dayAt = (n: number): string => new Date(start + n * 86_400_000).toISOString().slice(0, 10)
  const localStart = (day: string): Date => new Date(`${day}T00:00:00+08:00`)

  /** One act of somebody, whatever the state allows: refusals change nothing and are as welcome. */
  const act = async (kind: number, pick: number): Promise<void> => {
    const nonprofit = ids[pick % 2] ?? ids[0]
    const worker = actors.worker(nonprofit)
    const desk = (await deskOf(nonprofits, nonprofit)) as Array<{ id: string; suggestion: { id: string }; engagement?: { id: string } }>
    const waiting = desk.filter(({ engagement }) => !engagement)
    const promised = desk.filter(({ engagement }) => engagement)
    const referral = waiting[pick % Math.max(waiting.length, 1)]?.id ?? 'none'
    const one = promised[pick % Math.max(promised.length, 1)]
    const engagement = one?.engagement?.id ?? 'none'
    const suggestion = (pick % 2 === 0 ? one : waiting[0])?.suggestion.id ?? newTypeId('sug')
    const at = nonprofits.clock.now().toISOString()
    const ask = () =>
      triage(nonprofits, {
        suggestion: newTypeId('sug'),
        to: pick % 3 === 0 ? ids.slice(0, 2) : [nonprofit],
        community: communities[pick % 5 === 0 ? 1 : 0] ?? communities[0],
        answerBy: new Date(Date.parse(at) + (1 + (pick % 4)) * 86_400_000).toISOString(),
      })
    const accept = () =>
      nonprofits.run(worker, ACCEPT, {
        input: { referral, promise: { days: 1 + (pick % 9), clock: pick % 2 === 0 ? 'WORKING' : 'CALENDAR', plan: '上门' } },
      })
    const acts = [
      ...[ask, ask, accept, accept],
      () => nonprofits.run(worker, DECLINE, { input: { referral, reason: 'NO_CAPACITY', note: '人手不足' } }),
      () => nonprofits.run(worker, EXTEND, { input: { engagement, days: 1 + (pick % 5), why: '等材料' } }),
      () => nonprofits.run(worker, DELIVER, { input: { engagement, delivery: '已送达' } }),
      () => nonprofits.tell({ type: 'resident.suggestion.withdrawn', source: 'residents', subject: suggestion, data: { suggestion, at } }),
      () => triage(nonprofits, { suggestion, to: [ids[1]], community: communities[0] }),
    ]
    await acts[kind % acts.length]?.()
  }

  const equalsTheEngagements = async (from: string, to: string): Promise<void> => {
    const r = communities.map((id) => ({ __typename: 'Community', id }))
    const answer = await nonprofits.run(actors.anonymous(), FAST, { r, period: { from, to } })
    expectNoErrors(answer)
    const end = new Date(localStart(to).getTime() + 86_400_000)
    for (const [index, id] of communities.entries()) {
      const [slow] = await nonprofits.sql<{ counts: number[] }>(SLOWLY, [id, localStart(from), end, nonprofits.clock.now()])
      const fast = answer.data._entities[index].nonprofitWork
      expect([
        ...[fast.received, fast.responded.numerator, fast.extended.denominator, fast.extended.numerator, fast.handled],
        ...[fast.onTime.denominator, fast.onTime.numerator, fast.keptPromise.denominator, fast.keptPromise.numerator],
        ...[fast.overdueNow, fast.active.numerator],
      ]).toEqual(slow?.counts)
    }
  }

  it('equals the engagements themselves after any acts, in any period, in the middle of a day and at its end', async () => {
    const step = fc.record({ kind: fc.nat({ max: 8 }), pick: fc.nat({ max: 40 }), hours: fc.integer({ min: 0, max: 18 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 25 }), fc.nat({ max: 40 }), fc.nat({ max: 40 }), async (steps, a, b) => {
        for (const { kind, pick, hours: passed } of steps) {
          hours += passed
          nonprofits.clock.set(new Date(start + hours * 3_600_000))
          await act(kind, pick)
        }
        await nonprofits.settle()
        const today = Math.floor(hours / 24)
        await equalsTheEngagements(dayAt(today - Math.max(a, b)), dayAt(today - Math.min(a, b) + 8))
        // The last instant of a day and the first of the next.
        for (const ms of [-1, 0, 1]) {
          nonprofits.clock.set(new Date(localStart(dayAt(today + 1)).getTime() + ms))
          await equalsTheEngagements('2026-02-01', '2026-12-31')
        }
        hours += 24
      }),
      // Always the same acts, so that each kind is surely among them.
      { numRuns: 8, endOnFailure: true, seed: 20260302 },
    )
    const [seen] = await nonprofits.sql<Record<string, string>>(
      `select count(*) filter (where verdict = 'DECLINED') as declined, count(*) filter (where extension_count > 0) as extended,
        count(*) filter (where delivered_at is not null) as delivered, count(*) filter (where lapsed_at is not null) as lapsed from engagements`,
    )
    expect(Object.entries(seen ?? {}).filter(([, count]) => Number(count) === 0)).toEqual([])
    expect(await nonprofits.sql(FAULTS)).toEqual([])
  })

  it('stays right when what was counted is added up', async () => {
    const before = await nonprofits.sql(`select 1 from work_totals`)
    for (let i = 0; i < 60; i++) await act(0, i)
    await nonprofits.settle()
    const deltas = await nonprofits.sql('select 1 from work_deltas')
    expect(deltas.length).toBeLessThan(200)
    expect((await nonprofits.sql(`select 1 from work_totals`)).length + deltas.length).toBeGreaterThan(before.length)
    expect(await nonprofits.sql(FAULTS)).toEqual([])
    await equalsTheEngagements('2026-02-01', '2026-12-31')
  })
})
