import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { actors, expectNoErrors, REFUSED, type TestActor, type TestParty } from '@commonhall/harness'
import { count, rate } from '@commonhall/shared/indicators'
import { AGE_BUCKETS, isOpen, SUGGESTION_STAGES } from '@commonhall/shared/matters'
import { newTypeId } from '@commonhall/shared/typeid'

import { aResident, aSuggestion, north, south, startResidents, story } from './residents.data.js'

/** What the totals must equal: every entry and outcome, looked at one by one. */
const SLOWLY = `select
    (select count(*)::int from suggestions where community_id = $1 and resolved_at >= $2 and resolved_at < $3) as asked,
    (select count(*)::int from suggestions where community_id = $1 and resolved_at >= $2 and resolved_at < $3 and reopen_count > 0) as reopened,
    (select count(*)::int from outcomes where community_id = $1 and at >= $2 and at < $3) as answered,
    (select count(*)::int from outcomes where community_id = $1 and at >= $2 and at < $3 and resolved) as resolved,
    (select count(*)::int from outcomes where community_id = $1 and at >= $2 and at < $3 and score >= 4) as satisfied`
const ENTRIES = `select stage, created_at >= $2 and created_at < $3 as within,
    $4::date - (created_at at time zone 'Asia/Shanghai')::date as days from suggestions where community_id = $1`

const RATES = `{ value numerator denominator suppressed formula }`
const FAST = `query ($r: [_Any!]!, $period: PeriodInput!) { _entities(representations: $r) { ... on Community {
  satisfaction(period: $period) { asked answered resolved ${RATES} satisfied ${RATES} reopened ${RATES} }
  suggestionFunnel(period: $period) { stage count } openSuggestions { stage age count } } } }`
const mutation = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${REFUSED} ... on Suggestion { id } } }`
const RATE = mutation('rateOutcome', 'RateOutcomeInput')
const REOPEN = mutation('reopenSuggestion', 'ReopenSuggestionInput')
const WITHDRAW = mutation('withdrawSuggestion', 'WithdrawSuggestionInput')

const start = Date.parse('2026-03-02T02:00:00Z')
const ageOf = (days: number): string => AGE_BUCKETS[[2, 7, 30, 90, Infinity].findIndex((most) => days <= most)] ?? ''

describe('indicators read from totals', () => {
  let party: TestParty
  let hours = 0
  const entries: Array<{ id: string; handling: string; actor: TestActor }> = []
  beforeAll(async () => {
    party = await startResidents(new Date(start))
    await aResident(party, 'author')
    await aResident(party, 'southerner', south)
  })
  afterAll(() => party.stop())

  const author = actors.resident('author')
  const southerner = actors.resident('southerner')
  const submit = async (isSouthern: boolean): Promise<void> => {
    const actor = isSouthern ? southerner : author
    const place = isSouthern ? { community: south.id, place: null, address: '二栋' } : {}
    entries.push({ id: await aSuggestion(party, actor, place), handling: newTypeId('hdl'), actor })
  }
  const dayAt = (n: number): string => new Date(start + n * 86_400_000).toISOString().slice(0, 10)
  const localStart = (day: string): Date => new Date(`${day}T00:00:00+08:00`)

  /** One act of somebody, whatever the state allows: refusals change nothing and are as welcome. */
  const act = async (kind: number, pick: number): Promise<void> => {
    const chosen = entries.at(-1 - (pick % Math.min(Math.max(entries.length, 1), 6)))
    if (chosen === undefined) return submit(false)
    const { id: suggestion, handling, actor } = chosen
    const tell = story(party, suggestion)
    const rateIt = () => party.run(actor, RATE, { input: { suggestion, resolved: pick % 3 !== 0, score: 1 + (pick % 5) } })
    const acts = [
      ...[0, 1].map(() => () => submit(pick % 4 === 0)),
      () => tell.toUrban(),
      ...[() => tell.accepted(handling), () => tell.reported(handling)],
      () => tell.resolved(handling),
      async () => {
        await tell.accepted(handling)
        await tell.resolved(handling)
      },
      rateIt,
      async () => {
        await tell.accepted(handling)
        await tell.resolved(handling)
        await rateIt()
      },
      () => party.run(actor, REOPEN, { input: { suggestion, reason: '又坏了' } }),
      () => (pick % 3 === 0 ? party.run(actor, WITHDRAW, { input: { suggestion, reason: '已解决' } }) : submit(false)),
      () => tell.declined(handling),
    ]
    await acts[kind % acts.length]?.()
  }

  const equalsTheEntries = async (from: string, to: string): Promise<void> => {
    const communities = [north.id, south.id]
    const answer = await party.run(actors.anonymous(), FAST, {
      r: communities.map((id) => ({ __typename: 'Community', id })),
      period: { from, to },
    })
    expectNoErrors(answer)
    const today = new Date(party.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
    const end = new Date(localStart(to).getTime() + 86_400_000)
    for (const [index, id] of communities.entries()) {
      const fast = answer.data._entities[index]
      const [slow] = await party.sql<Record<'asked' | 'reopened' | 'answered' | 'resolved' | 'satisfied', number>>(SLOWLY, [
        id,
        localStart(from),
        end,
      ])
      const { asked = 0, reopened = 0, answered = 0, resolved = 0, satisfied = 0 } = slow ?? {}
      expect(fast.satisfaction).toEqual({
        ...{ asked: count(asked).value, answered: count(answered).value },
        resolved: rate('I5.satisfaction.resolved/1', resolved, answered),
        satisfied: rate('I5.satisfaction.satisfied/1', satisfied, answered),
        reopened: rate('I5.satisfaction.reopened/1', reopened, asked),
      })
      const all = await party.sql<{ stage: (typeof SUGGESTION_STAGES)[number]; within: boolean; days: number }>(ENTRIES, [
        id,
        localStart(from),
        end,
        today,
      ])
      const funnel = SUGGESTION_STAGES.map((stage) => ({ stage, count: all.filter((one) => one.within && one.stage === stage).length }))
      expect(fast.suggestionFunnel).toEqual(funnel.filter((one) => one.count > 0))
      const open = SUGGESTION_STAGES.filter(isOpen).flatMap((stage) =>
        AGE_BUCKETS.map((age) => ({ stage, age, count: all.filter((one) => one.stage === stage && ageOf(one.days) === age).length })),
      )
      expect(fast.openSuggestions).toEqual(open.filter((one) => one.count > 0))
    }
  }

  it('equal the entries themselves after any acts, in any period, in the middle of a day and at its end', async () => {
    const step = fc.record({ kind: fc.nat({ max: 11 }), pick: fc.nat({ max: 60 }), hours: fc.integer({ min: 0, max: 40 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 30 }), fc.nat({ max: 60 }), fc.nat({ max: 60 }), async (steps, a, b) => {
        for (const { kind, pick, hours: passed } of steps) {
          hours += passed
          party.clock.set(new Date(start + hours * 3_600_000))
          await act(kind, pick)
        }
        await party.settle()
        const today = Math.floor(hours / 24)
        await equalsTheEntries(dayAt(today - Math.max(a, b)), dayAt(today - Math.min(a, b)))
        // The last instant of a day and the first of the next.
        for (const ms of [-1, 0]) {
          party.clock.set(new Date(localStart(dayAt(today + 1)).getTime() + ms))
          await equalsTheEntries('2026-01-01', '2026-12-31')
        }
        hours += 24
      }),
      // Always the same acts, so that each kind is surely among them.
      { numRuns: 8, endOnFailure: true, seed: 20260302 },
    )
    const stages = await party.sql<{ stage: string }>('select distinct stage from suggestions')
    expect(stages.length).toBeGreaterThan(5)
    expect((await party.sql('select 1 from outcomes')).length).toBeGreaterThan(4)
    expect((await party.sql('select 1 from suggestions where reopen_count > 0')).length).toBeGreaterThan(0)
    expect(await party.sql('select scope_id from suggestion_faults')).toEqual([])
  })

  it('stay right when what was counted is added up', async () => {
    for (let i = 0; i < 110; i++) await submit(i % 2 === 0)
    await party.settle()
    expect((await party.sql(`select 1 from suggestion_totals where span = 'Y'`)).length).toBeGreaterThan(0)
    expect((await party.sql('select 1 from suggestion_deltas')).length).toBeLessThan(200)
    expect(await party.sql('select scope_id from suggestion_faults')).toEqual([])
    await equalsTheEntries('2026-01-01', '2026-12-31')
  })
})
