import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { actors, expectNoErrors, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import {
  ACCEPT,
  after,
  DECLINE,
  deskOf,
  ELDERS,
  EXTEND,
  LAMPS,
  officer,
  otherOfficer,
  resident,
  RESOLVE,
  route,
  SOCIAL,
  startGovernment,
  URBAN,
  COMMUNITY,
} from './case-party.data.js'

const COUNTS = [
  'received',
  'responded',
  'due',
  'onTime',
  'firstDue',
  'keptPromise',
  'answered',
  'accepted',
  'resolved',
  'extended',
  'bounced',
  'overdueNow',
  'hours',
]

/** What the totals must equal: every case of the period, looked at one by one. Dates are local days, whose limits end at 24:00. */
const SLOWLY = `
  with a as (select * from answer_records where $1 in (community_id, owner_party_id) and answer_by > $2 and answer_by <= $3
      and (closed_at is null or closed_at > answer_by)),
    c as (select * from case_handlings where $1 in (community_id, owner_party_id)),
    made as (select * from c where at >= $2 and at < $3),
    due as (select * from c where due_at > $2 and due_at <= $3 and (lapsed_at is null or lapsed_at > due_at)),
    first as (select * from c where first_due_at > $2 and first_due_at <= $3 and (lapsed_at is null or lapsed_at > first_due_at))
  select (select count(*) from a) as received, (select count(*) from a where answered_at <= answer_by) as responded,
    (select count(*) from due) as due, (select count(*) from due where kept_at <= due_at) as "onTime",
    (select count(*) from first) as "firstDue", (select count(*) from first where kept_at <= first_due_at) as "keptPromise",
    (select count(*) from made) as answered, (select count(*) from made where verdict = 'ACCEPTED') as accepted,
    (select count(*) from made where verdict = 'ACCEPTED' and resolved_at is not null) as resolved,
    (select count(*) from made where extension_count > 0) as extended,
    (select count(*) from made where reason = 'NOT_MY_FUNCTION') as bounced,
    (select count(*) from c where kept_at is null and lapsed_at is null and due_at < $4) as "overdueNow",
    (select percentile_cont(0.5) within group (order by round(extract(epoch from answered_at - arrived_at) / 3600)) from a where answered_at is not null) as hours`

const RATE = '{ numerator denominator }'
const FAST = `query ($r: [_Any!]!, $period: PeriodInput!) { _entities(representations: $r) { ... on Community { ...a } ... on Department { ...b } } }
  fragment a on Community { responsiveness(period: $period) { ...i } } fragment b on Department { responsiveness(period: $period) { ...i } }
  fragment i on ResponsivenessIndicator { received responded ${RATE} onTime ${RATE} keptPromise ${RATE} resolved ${RATE} extended ${RATE} bounced ${RATE} overdueNow medianHoursToRespond }`

describe('responsiveness read from totals', () => {
  let government: TestParty
  const communities = [COMMUNITY, newTypeId('com', 2)]
  beforeAll(async () => {
    government = await startGovernment()
  })
  afterAll(() => government.stop())

  const localStart = (day: string): Date => new Date(`${day}T00:00:00+08:00`)
  const dayAt = (n: number): string => after(n).toISOString().slice(0, 10)

  /** One act of somebody, whatever the state allows: refusals change nothing and are as welcome. */
  const act = async (kind: number, pick: number): Promise<void> => {
    const actor = pick % 3 === 0 ? otherOfficer : officer
    const desk = await deskOf(government, actor, { answered: false })
    const answered = (await deskOf(government, actor, { answered: true })) as Array<{
      handling?: { id: string }
      suggestion: { id: string }
    }>
    const waiting = desk[pick % Math.max(desk.length, 1)] as { suggestion: { id: string } } | undefined
    const case_ = answered[pick % Math.max(answered.length, 1)]
    const suggestion = waiting?.suggestion.id ?? ''
    const handling = case_?.handling?.id ?? ''
    const acts = [
      () => route(government, { to: pick % 3 === 0 ? [SOCIAL, URBAN] : [URBAN], functionItem: null }),
      () => route(government, { to: [pick % 2 === 0 ? URBAN : SOCIAL], functionItem: null }),
      () =>
        government.run(actor, ACCEPT, {
          input: { suggestion, promise: { days: 1 + (pick % 9), clock: pick % 2 === 0 ? 'WORKING' : 'CALENDAR', plan: '办理' } },
        }),
      () => government.run(actor, DECLINE, { input: { suggestion, reason: 'OTHER', explanation: '说明' } }),
      () =>
        government.run(actor, DECLINE, {
          input: { suggestion, reason: 'NOT_MY_FUNCTION', explanation: '非本单位', suggestedOwner: actor === officer ? ELDERS : LAMPS },
        }),
      () => government.run(actor, EXTEND, { input: { handling, days: 1 + (pick % 5), why: '等材料' } }),
      () => government.run(actor, RESOLVE, { input: { handling, resolution: '已办结' } }),
      () => resident.withdraws(government, suggestion === '' ? newTypeId('sug') : suggestion),
      () => resident.withdraws(government, case_?.suggestion.id ?? newTypeId('sug')),
      () => resident.reopens(government, case_?.suggestion.id ?? newTypeId('sug'), 1 + (pick % 2)),
      () => route(government, { suggestion: suggestion === '' ? newTypeId('sug') : suggestion, to: [URBAN], functionItem: null }),
    ]
    await acts[kind % acts.length]?.()
  }

  const equalsTheCases = async (from: string, to: string): Promise<void> => {
    const ids = [...communities, URBAN, SOCIAL]
    const r = ids.map((id) => ({ __typename: id.startsWith('com') ? 'Community' : 'Department', id }))
    const answer = await government.run(actors.anonymous(), FAST, { r, period: { from, to } })
    expectNoErrors(answer)
    const end = new Date(localStart(to).getTime() + 86_400_000)
    for (const [index, id] of ids.entries()) {
      const [slow] = await government.sql<Record<string, string | null>>(SLOWLY, [id, localStart(from), end, government.clock.now()])
      const { responsiveness: fast } = answer.data._entities[index]
      const found = [
        ...[fast.received, fast.responded.numerator, fast.onTime.denominator, fast.onTime.numerator, fast.keptPromise.denominator],
        ...[
          fast.keptPromise.numerator,
          fast.bounced.denominator,
          fast.resolved.denominator,
          fast.resolved.numerator,
          fast.extended.numerator,
        ],
        ...[fast.bounced.numerator, fast.overdueNow, fast.medianHoursToRespond],
      ]
      expect(Object.fromEntries(COUNTS.map((name, i) => [name, found[i]]))).toEqual(
        Object.fromEntries(COUNTS.map((name) => [name, slow?.[name] === null ? null : Number(slow?.[name])])),
      )
    }
  }

  it('equals the cases themselves after any acts, in any period, in the middle of a day and at its end', async () => {
    const step = fc.record({ kind: fc.nat({ max: 10 }), pick: fc.nat({ max: 40 }), hours: fc.integer({ min: 0, max: 18 }) })
    let hours = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 25 }), fc.nat({ max: 40 }), fc.nat({ max: 40 }), async (steps, a, b) => {
        for (const { kind, pick, hours: passed } of steps) {
          hours += passed
          government.clock.set(after(0, hours))
          await act(kind, pick)
        }
        await government.settle()
        const today = hours / 24
        await equalsTheCases(dayAt(Math.floor(today) - Math.max(a, b)), dayAt(Math.floor(today) - Math.min(a, b) + 8))
        // The last instant of a day and the first of the next.
        for (const ms of [-1, 0, 1]) {
          government.clock.set(new Date(localStart(dayAt(Math.floor(today) + 1)).getTime() + ms))
          await equalsTheCases('2026-02-01', '2026-12-31')
        }
        hours += 24
      }),
      // Always the same acts, so that each kind is surely among them.
      { numRuns: 10, endOnFailure: true, seed: 20260302 },
    )
    const [seen] = await government.sql<Record<string, string>>(
      `select count(*) filter (where verdict = 'DECLINED') as declined, count(*) filter (where reason = 'NOT_MY_FUNCTION') as bounced, count(*) filter (where extension_count > 0) as extended,
        count(*) filter (where resolved_at is not null) as resolved, count(*) filter (where lapsed_at is not null) as lapsed from case_handlings`,
    )
    expect(Object.entries(seen ?? {}).filter(([, count]) => Number(count) === 0)).toEqual([])
    expect(
      await government.sql('select scope_id from responsiveness_faults union all select scope_id from responsiveness_spread_faults'),
    ).toEqual([])
  })

  it('stays right when what was counted is added up', async () => {
    for (let i = 0; i < 60; i++) await route(government, { functionItem: null })
    await government.settle()
    const [deltas] = await government.sql<{ n: string }>('select count(*) as n from responsiveness_deltas')
    const [totals] = await government.sql<{ n: string }>(`select count(*) as n from responsiveness_totals where span = 'Y'`)
    expect(Number(deltas?.n)).toBeLessThan(200)
    expect(Number(totals?.n)).toBeGreaterThan(0)
    expect(
      await government.sql('select scope_id from responsiveness_faults union all select scope_id from responsiveness_spread_faults'),
    ).toEqual([])
    await equalsTheCases('2026-02-01', '2026-12-31')
  })
})
