import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { expectDone, type TestParty } from '@commonhall/harness'
import { createDatabase } from '@commonhall/shared/persistence'
import { createLog } from '@commonhall/shared/telemetry'

import { watchPromises } from '../src/capabilities/cases/watch-promises.service.js'
import { ENTITIES } from '../src/database.js'
import { ACCEPT, after, ASK, EXTEND, MONDAY, officer, resident, RESOLVE, route, startGovernment, URBAN } from './case-party.data.js'

const LIMIT = '2026-03-09T16:00:00.000Z'

describe('the watcher of promises', () => {
  let government: TestParty
  beforeAll(async () => {
    government = await startGovernment()
  })
  afterAll(() => government.stop())

  /** A promise of five working days, made on the Monday: due 24:00 of the next Monday. */
  const promised = async (): Promise<{ suggestion: string; handling: string }> => {
    government.clock.set(MONDAY)
    const suggestion = await route(government)
    const done = expectDone(await government.run(officer, ACCEPT, { input: { suggestion, promise: { days: 5, clock: 'WORKING' } } }))
    return { suggestion, handling: done['id'] as string }
  }
  const told = async (handling: string): Promise<string[]> =>
    (await government.published())
      .filter((event) => event.data['handling'] === handling && event.type.startsWith('government.case.promise_'))
      .map((event) => `${event.type.slice('government.case.promise_'.length)} ${String(event.data['dueAt'])}`)
  const at = async (days: number, hours = 0): Promise<void> => {
    government.clock.set(after(days, hours))
    await government.settle()
  }

  it('tells once that a limit comes near and once that it was broken', async () => {
    const { suggestion, handling } = await promised()
    await at(6)
    expect(await told(handling)).toEqual([])
    await at(6, 12)
    await at(6, 13)
    expect(await told(handling)).toEqual([`due ${LIMIT}`])
    await at(8)
    await at(9)
    expect(await told(handling)).toEqual([`due ${LIMIT}`, `broken ${LIMIT}`])
    const event = (await government.published()).at(-1)
    expect(event).toMatchObject({ subject: suggestion, data: { suggestion, department: URBAN, firstDueAt: LIMIT } })
    const [row] = await government.sql(
      `select act, party_id from journal where event_type = 'government.case.promise_broken' and record_id = $1`,
      [handling],
    )
    expect(row).toEqual({ act: 'government.clock', party_id: URBAN })
  })

  it('watches an extended limit anew', async () => {
    const { handling } = await promised()
    await at(6, 12)
    expectDone(await government.run(officer, EXTEND, { input: { handling, days: 5, why: '等待配件' } }))
    await at(8)
    expect(await told(handling)).toEqual([`due ${LIMIT}`])
    await at(20)
    expect(await told(handling)).toEqual([`due ${LIMIT}`, 'broken 2026-03-16T16:00:00.000Z'])
  })

  it('is still while the requester is asked, and follows the limit after the pause', async () => {
    const { suggestion, handling } = await promised()
    government.clock.set(after(6))
    const question = expectDone(await government.run(officer, ASK, { input: { handling, text: '几号楼？' } }))
    await at(9)
    expect(await told(handling)).toEqual([])
    await resident.answers(government, suggestion, question['id'] as string)
    await at(9, 18)
    await at(11)
    expect(await told(handling)).toEqual(['due 2026-03-12T16:00:00.000Z', 'broken 2026-03-12T16:00:00.000Z'])
  })

  it('goes on by itself when nobody answers', async () => {
    const { handling } = await promised()
    government.clock.set(after(6))
    expectDone(await government.run(officer, ASK, { input: { handling, text: '几号楼？' } }))
    await at(40)
    expect((await told(handling)).map((one) => one.split(' ')[0])).toEqual(['broken'])
  })

  it('tells nothing of what is kept or no longer owed', async () => {
    const kept = await promised()
    expectDone(await government.run(officer, RESOLVE, { input: { handling: kept.handling, resolution: '已更换' } }))
    const withdrawn = await promised()
    await resident.withdraws(government, withdrawn.suggestion)
    await at(30)
    expect(await told(kept.handling)).toEqual([])
    expect(await told(withdrawn.handling)).toEqual([])
  })

  it('tells everything once although it was down and several start again', async () => {
    const cases = [await promised(), await promised(), await promised()]
    government.clock.set(after(30))
    const log = createLog({ name: 'again', level: 'error' })
    const started = await Promise.all(
      [1, 2, 3].map((n) =>
        createDatabase({ url: government.database.appUrl, entities: ENTITIES, applicationName: `again-${n}`, poolSize: 2 }),
      ),
    )
    const counts = await Promise.all(started.map((database) => watchPromises({ database, clock: government.clock, log })))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(cases.length)
    await Promise.all(started.map((database) => database.close()))
    await government.settle()
    for (const { handling } of cases) expect(await told(handling)).toEqual([`broken ${LIMIT}`])
  })

  it('asks the database one question when there is nothing to tell', async () => {
    await government.settle()
    const names = await government.statements(() => government.party.settle())
    expect(names.filter((name) => name.startsWith('case_handlings'))).toEqual(['case_handlings.watched_departments'])
  })
})
