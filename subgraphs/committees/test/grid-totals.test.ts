import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { actors, expectNoErrors, REFUSED } from '@commonhall/harness'
import { CHANNELS } from '@commonhall/shared/matters'
import { newTypeId } from '@commonhall/shared/typeid'

import { cadreOf, MONDAY, startSmallStreet, submit, type SmallStreet } from './street.data.js'

/** What the totals must equal: every first triage of the period, and everything that waits, looked at one by one. */
const SLOWLY = `
  with t as (select * from triages where community_id = $1 and supersedes is null and at >= $2 and at < $3)
  select (select count(*)::int from matters where community_id = $1 and on_desk_since is not null) as untriaged,
    (select percentile_cont(0.5) within group (order by minutes_to_triage) from t) as "medianMinutesToTriage",
    (select coalesce(jsonb_agg(jsonb_build_object('channel', channel, 'count', n) order by channel), '[]') from (select channel, count(*) as n from t group by 1) c) as "byChannel"`

const FAST = `query ($period: PeriodInput!) { communities { id grid(period: $period) { untriaged medianMinutesToTriage byChannel { channel count } } } }`
const TRIAGE = `mutation ($input: TriageSuggestionInput!) { triageSuggestion(input: $input) { ${REFUSED} ... on Triage { id } } }`
const FAULTS = 'select scope_id from grid_faults union all select scope_id from grid_spread_faults'

describe('the grid read from totals', () => {
  let street: SmallStreet
  let hours = 0
  const suggestions: string[] = []
  beforeAll(async () => {
    street = await startSmallStreet()
  })
  afterAll(() => street.party.stop())

  const localStart = (day: string): Date => new Date(`${day}T00:00:00+08:00`)
  const dayAt = (n: number): string => new Date(MONDAY.getTime() + n * 86_400_000).toISOString().slice(0, 10)

  /** One act of somebody, whatever the state allows: refusals change nothing and are as welcome. */
  const act = async (kind: number, pick: number): Promise<void> => {
    const suggestion = suggestions[pick % Math.max(suggestions.length, 1)] ?? newTypeId('sug')
    const at = street.party.clock.now().toISOString()
    const triage = (input: object) => street.party.run(cadreOf(street), TRIAGE, { input: { suggestion, ...input } })
    const acts = [
      async () => suggestions.push(await submit(street, { channel: CHANNELS[pick % CHANNELS.length] })),
      async () => suggestions.push(await submit(street, { channel: CHANNELS[(pick + 1) % CHANNELS.length] })),
      () => submit(street, { community: street.otherCommunity }),
      () => triage({ route: 'SELF' }),
      () => triage({ route: 'GOVERNMENT', to: [street.urban] }),
      () => triage({ route: 'GOVERNMENT', to: [street.social], note: '改派' }),
      () =>
        street.party.tell({ type: 'resident.suggestion.withdrawn', source: 'residents', subject: suggestion, data: { suggestion, at } }),
      () =>
        street.party.tell({
          type: 'government.case.declined',
          source: 'government',
          subject: suggestion,
          data: { suggestion, handling: newTypeId('csh'), department: street.urban, reason: 'NOT_MY_FUNCTION', suggestedOwner: null, at },
        }),
    ]
    await acts[kind % acts.length]?.()
  }

  const equalsTheTriages = async (from: string, to: string): Promise<void> => {
    const answer = await street.party.run(actors.anonymous(), FAST, { period: { from, to } })
    expectNoErrors(answer)
    const end = new Date(localStart(to).getTime() + 86_400_000)
    for (const { id, grid } of answer.data.communities) expect([grid]).toEqual(await street.party.sql(SLOWLY, [id, localStart(from), end]))
  }

  it('equals the triages themselves after any acts, in any period', async () => {
    for (const channel of CHANNELS) {
      const suggestion = await submit(street, { channel })
      await street.party.run(cadreOf(street), TRIAGE, { input: { suggestion, route: 'SELF' } })
    }
    const step = fc.record({ kind: fc.nat({ max: 7 }), pick: fc.nat({ max: 40 }), hours: fc.integer({ min: 0, max: 18 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 25 }), fc.nat({ max: 40 }), fc.nat({ max: 40 }), async (steps, a, b) => {
        for (const { kind, pick, hours: passed } of steps) {
          hours += passed
          street.party.clock.set(new Date(MONDAY.getTime() + hours * 3_600_000))
          await act(kind, pick)
        }
        await street.party.settle()
        const today = Math.floor(hours / 24)
        await equalsTheTriages(dayAt(today - Math.max(a, b)), dayAt(today - Math.min(a, b)))
        await equalsTheTriages('2026-01-01', '2026-12-31')
      }),
      // Always the same acts, so that each kind is surely among them.
      { numRuns: 6, endOnFailure: true, seed: 20260302 },
    )
    const [seen] = await street.party.sql<Record<string, number>>(
      `select count(*) filter (where supersedes is null)::int as first, count(*) filter (where supersedes is not null)::int as corrected,
        count(distinct channel)::int as channels from triages`,
    )
    expect(seen?.['first']).toBeGreaterThan(10)
    expect(seen?.['corrected']).toBeGreaterThan(0)
    expect(seen?.['channels']).toBe(CHANNELS.length)
    expect(await street.party.sql(FAULTS)).toEqual([])
  })

  it('stays right when what was counted is added up', async () => {
    for (let i = 0; i < 210; i++)
      await street.party.sql(`update matters set on_desk_since = ${i % 2 === 0 ? 'now()' : 'null'} where id = '${suggestions[0] ?? ''}'`)
    await street.party.settle()
    expect((await street.party.sql('select 1 from grid_deltas')).length).toBeLessThan(200)
    expect((await street.party.sql(`select 1 from grid_totals where span = 'Y'`)).length).toBeGreaterThan(0)
    expect(await street.party.sql(FAULTS)).toEqual([])
    await equalsTheTriages('2026-01-01', '2026-12-31')
  })
})
