import { createHash } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { appRole, freshDatabase, type TestDatabase } from '@commonhall/harness'
import fc from 'fast-check'
import type { QueryRunner } from 'typeorm'

import { median } from '../indicators/index.js'
import { dayOf, dayTotals } from './day-totals.js'
import { KIT_TABLES, migrateDatabase, openPool, rowSecurity, sql, type PlainPool } from './index.js'
import { foldDayTotals, limitsPassed, mediansOf, spanParameters, spansOf, sumsOf, type AskedDays } from './read-day-totals.js'

const TOTALS = dayTotals('work', [
  {
    table: 'cases',
    counts: [
      { scopes: ['r.community', 'r.owner_party_id'], day: dayOf('r.at'), metrics: { asked: '1', done: 'r.done' } },
      { scopes: ['r.community'], day: dayOf('r.at'), when: 'r.done', bucket: 'r.minutes', metrics: { minutes: '1' } },
    ],
  },
  { table: 'rounds', counts: [{ scopes: ['r.community'], day: dayOf('r.at'), metrics: { homes: 'r.homes' } }] },
])

class CreateCases {
  readonly name = 'CreateCases1767607200000'
  async up(runner: QueryRunner): Promise<void> {
    const tables = [
      `create table cases (id int primary key, owner_party_id text not null, community text, at timestamptz(3) not null, done boolean, minutes int)`,
      ...rowSecurity('cases', { read: 'all' }),
      `create table rounds (id int primary key, community text not null, at timestamptz(3) not null, homes int not null)`,
      `insert into rounds values (0, 'com_a', '2026-01-01T00:00:00Z', 7)`,
    ]
    for (const statement of [...KIT_TABLES, ...tables, ...TOTALS]) await runner.query(statement)
  }
  async down(): Promise<void> {}
}

const SUMS = sql('work.sums', `${sumsOf('work', ['asked', 'done', 'homes'])} order by 1, 2`)
const MEDIANS = sql('work.medians', mediansOf('work', 'minutes'))
const FAULTS = sql('work.faults', `select scope_id, span from work_faults union all select scope_id, span from work_spread_faults`)
const CASES = sql('work.cases', 'select minutes from cases where community = $1 and done and minutes is not null order by minutes')
const ACT_FOR = sql('test.act_for', `select set_config('hub.party', $1, true)`)
const text = (statement: string) => sql(`test.${createHash('sha256').update(statement).digest('hex').slice(0, 40)}`, statement)

describe('days as years, months and days', () => {
  const day = fc.integer({ min: 0, max: 4_000 }).map((n) => new Date(Date.UTC(2019, 0, 1) + n * 86_400_000).toISOString().slice(0, 10))
  const startsOf = (kind: 'D' | 'M' | 'Y', first: string, last: string): string[] => {
    const starts: string[] = []
    for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
      const date = new Date(at).toISOString().slice(0, 10)
      if (kind === 'D' || (kind === 'M' && date.endsWith('-01')) || (kind === 'Y' && date.endsWith('-01-01'))) starts.push(date)
    }
    return starts
  }
  const daysOf = (kind: 'D' | 'M' | 'Y', start: string): number => {
    const at = new Date(start)
    if (kind === 'D') return 1
    const next = kind === 'M' ? Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1) : Date.UTC(at.getUTCFullYear() + 1, 0, 1)
    return Math.round((next - at.getTime()) / 86_400_000)
  }

  it('hold each day of any period once, and never more than 60 days that stand alone', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a]
        const covered = spansOf({ from, to }).flatMap(({ kind, first, last }) =>
          startsOf(kind, first, last).map((start) => ({ kind, start, days: daysOf(kind, start) })),
        )
        const length = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
        expect(covered.reduce((sum, { days }) => sum + days, 0)).toBe(length)
        const all = covered.flatMap(({ start, days }) =>
          Array.from({ length: days }, (_, i) => new Date(Date.parse(start) + i * 86_400_000).toISOString().slice(0, 10)),
        )
        expect(all.sort()).toEqual(startsOf('D', from, to))
        expect(covered.filter(({ kind }) => kind === 'D').length).toBeLessThanOrEqual(60)
        expect(covered.filter(({ kind }) => kind === 'M').length).toBeLessThanOrEqual(22)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['2025-01-01', '2025-12-31', [['Y', '2025-01-01', '2025-12-31']]],
    [
      '2025-03-01',
      '2026-02-28',
      [
        ['M', '2025-03-01', '2025-12-31'],
        ['M', '2026-01-01', '2026-02-28'],
      ],
    ],
    ['2026-03-02', '2026-03-02', [['D', '2026-03-02', '2026-03-02']]],
    ['2026-03-31', '2026-03-30', []],
    [
      null,
      '2026-03-02',
      [
        ['M', '2026-01-01', '2026-02-28'],
        ['Y', '-infinity', '2025-12-31'],
        ['D', '2026-03-01', '2026-03-02'],
      ],
    ],
  ])('from %s to %s are %j', (from, to, spans) => {
    const found = spansOf({ from, to }).map(({ kind, first, last }) => [kind, first, last])
    // Two runs of months that touch read the same as one.
    const months = found.filter(([kind]) => kind === 'M')
    expect(found.filter(([kind]) => kind !== 'M')).toEqual(spans.filter(([kind]) => kind !== 'M'))
    expect([months[0]?.[1], months.at(-1)?.[2]]).toEqual([
      spans.find(([kind]) => kind === 'M')?.[1],
      spans.filter(([kind]) => kind === 'M').at(-1)?.[2],
    ])
  })
})

describe('limits that are passed', () => {
  it.each([
    ['2026-03-02T02:00:00.000Z', '2026-03-01', '2026-03-01T16:00:00.000Z'],
    ['2026-03-01T16:00:00.000Z', '2026-02-28', '2026-02-28T16:00:00.000Z'],
    ['2026-03-01T16:00:00.001Z', '2026-03-01', '2026-03-01T16:00:00.000Z'],
  ])('at %s are those up to %s, and after it those from %s', (now, lastDay, restFrom) =>
    expect(limitsPassed(new Date(now), 'Asia/Shanghai')).toEqual({ lastDay, restFrom: new Date(restFrom) }),
  )
})

describe('totals by day', () => {
  let urls: TestDatabase
  let owner: PlainPool
  let app: PlainPool

  beforeAll(async () => {
    urls = await freshDatabase('nonprofits_daytotals', (options) =>
      migrateDatabase({ ...options, appRole: appRole('nonprofits_daytotals'), migrations: [CreateCases] }),
    )
    owner = openPool(urls.ownerUrl, 'test', 2)
    app = openPool(urls.appUrl, 'test', 4)
  })
  afterAll(async () => {
    await app.close()
    await owner.close()
  })

  const act = (statement: string, party = 'dep_a'): Promise<unknown> =>
    app.transaction(async (tx) => {
      await tx.rows(ACT_FOR, [party])
      await tx.rows(text(statement))
    })
  const sums = async (scopes: string[], ...asked: AskedDays[]): Promise<string[]> =>
    (await app.rows<Record<string, unknown>>(SUMS, [scopes, ...spanParameters(asked)])).flatMap(({ scope_id, range, ...counts }) => {
      const counted = Object.entries(counts).filter(([, n]) => n !== 0)
      return counted.length === 0 ? [] : [`${scope_id} ${range}: ${counted.map(([metric, n]) => `${metric} ${n}`).join(', ')}`]
    })
  const middle = async (scope: string): Promise<number | null> =>
    (await app.rows<{ middle: number }>(MEDIANS, [[scope], ...spanParameters([{ from: null, to: '2030-01-01' }])]))[0]?.middle ?? null
  const faults = async (): Promise<unknown[]> => owner.rows(FAULTS)

  it('count what stood in the tables before they were made', async () => {
    expect(await sums(['com_a'], { from: null, to: '2026-12-31' })).toEqual(['com_a 0: homes 7'])
    expect(await faults()).toEqual([])
  })

  it('follow inserts, changes, removals and upserts at once, by the local day, for each scope', async () => {
    await act(
      `insert into cases values (1, 'dep_a', 'com_b', '2026-03-01T15:59:59Z', true, 30), (2, 'dep_a', 'com_b', '2026-03-01T16:00:00Z', null, null)`,
    )
    const march = (from: string, to: string): AskedDays => ({ from: `2026-03-${from}`, to: `2026-03-${to}` })
    expect(await sums(['com_b', 'dep_a'], march('01', '01'), march('02', '31'))).toEqual([
      'com_b 0: asked 1, done 1',
      'com_b 1: asked 1',
      'dep_a 0: asked 1, done 1',
      'dep_a 1: asked 1',
    ])
    expect(await middle('com_b')).toBe(30)
    await act(
      `insert into cases values (2, 'dep_a', 'com_b', '2026-03-01T16:00:00Z', true, 9) on conflict (id) do update set done = true, minutes = 9`,
    )
    expect(await sums(['com_b'], march('02', '02'))).toEqual(['com_b 0: asked 1, done 1'])
    expect(await middle('com_b')).toBe(19.5)
    await act(`update cases set community = null where id = 2`)
    expect(await sums(['com_b', 'dep_a'], march('02', '02'))).toEqual(['dep_a 0: asked 1, done 1'])
    await act(`delete from cases where id = 1`)
    expect(await sums(['com_b'], march('01', '31'))).toEqual([])
    expect(await middle('com_b')).toBeNull()
    expect(await faults()).toEqual([])
  })

  it('write nothing for a change that counts nothing, nor for one that is rolled back', async () => {
    const deltas = async () => (await owner.rows(text('select seq from work_deltas'))).length
    const before = await deltas()
    await act(`update cases set minutes = 12 where not coalesce(done, false)`)
    await expect(act(`with n as (insert into rounds values (500, 'com_a', now(), 3)) select 1 / 0`)).rejects.toThrow('division')
    expect(await deltas()).toBe(before)
  })

  it('stay what the rows say after any acts, while several processes add them up', async () => {
    const community = fc.constantFrom(`'com_a'`, `'com_b'`, `'com_c'`, 'null')
    const at = fc.integer({ min: 0, max: 800 }).map((n) => `'${new Date(Date.UTC(2024, 5, 1) + n * 30_000_000).toISOString()}'`)
    const id = fc.integer({ min: 1, max: 60 })
    const done = fc.constantFrom('true', 'false', 'null')
    const minutes = fc.oneof(fc.constant('null'), fc.integer({ min: 0, max: 200 }).map(String))
    const acts = fc.oneof(
      fc.tuple(id, community, at, done, minutes).map(
        ([n, c, t, d, m]) =>
          `insert into cases values (${n}, 'dep_a', ${c}, ${t}, ${d}, ${m}), (${n + 100}, 'dep_a', ${c}, ${t}, ${d}, ${m})
           on conflict (id) do update set community = excluded.community, at = excluded.at, done = excluded.done, minutes = excluded.minutes`,
      ),
      fc.tuple(id, done, minutes).map(([n, d, m]) => `update cases set done = ${d}, minutes = ${m} where id % 7 = ${n % 7}`),
      id.map((n) => `delete from cases where id % 11 = ${n % 11}`),
      fc.tuple(id, at).map(([n, t]) => `insert into rounds values (${n}, 'com_a', ${t}, ${n}) on conflict (id) do nothing`),
      id.map((n) => `update rounds set homes = homes + 1 where id = ${n}`),
      fc.constant('fold'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { minLength: 10, maxLength: 40 }), async (steps) => {
        await Promise.all([
          (async () => {
            for (const step of steps) await (step === 'fold' ? foldDayTotals(app, 'work', 1) : act(step))
          })(),
          foldDayTotals(app, 'work', 1),
          foldDayTotals(owner, 'work', 1),
        ])
        expect(await faults()).toEqual([])
        const minutes = (await app.rows<{ minutes: number }>(CASES, ['com_a'])).map((row) => row.minutes)
        expect(await middle('com_a')).toBe(median(minutes))
      }),
      { numRuns: 12 },
    )
  })

  it('are added up only when it is worth it, and at once when asked', async () => {
    await foldDayTotals(app, 'work', 1)
    await act(`insert into rounds select n, 'com_d', '2026-04-01T00:00:00Z', 1 from generate_series(1000, 1100) n`)
    expect(await foldDayTotals(app, 'work')).toBe(0)
    expect(await foldDayTotals(app, 'work', 1)).toBe(1)
    expect(await foldDayTotals(app, 'work', 1)).toBe(0)
    expect(await sums(['com_d'], { from: '2026-04-01', to: '2026-04-30' })).toEqual(['com_d 0: homes 101'])
  })

  it('tell of every difference, and are whole again when they are rebuilt', async () => {
    await owner.rows(text(`update work_totals set homes = homes + 1 where scope_id = 'com_d' and span = 'M'`))
    await owner.rows(text(`delete from work_totals where scope_id = 'com_a' and span = 'Y' and homes > 0`))
    const found = (await faults()) as Array<{ scope_id: string; span: string }>
    expect(new Set(found.map(({ scope_id, span }) => `${scope_id} ${span}`))).toEqual(new Set(['com_d M', 'com_a Y']))
    await expect(app.rows(text('select work_rebuild()'))).rejects.toThrow('permission denied')
    await owner.rows(text('select work_rebuild()'))
    expect(await faults()).toEqual([])
  })
})
