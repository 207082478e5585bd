import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, startTestParty, type TestParty } from '@commonhall/harness'
import type { PartyDeps } from '@commonhall/shared/subgraph'
import { newTypeId } from '@commonhall/shared/typeid'

import { createNonprofitsSubgraph, migrateNonprofits } from '../src/subgraph.js'
import { acceptOne, DELIVER, EXTEND, PROMISE, registerNonprofits } from './street.data.js'

const START = '2026-03-02T02:00:00.000Z'
/** Ten working days from Monday 2 March end with Monday 16 March; a fifth of the time is left from about the 13th. */
const DUE_SOON = '2026-03-14T02:00:00.000Z'
const LIMIT = '2026-03-16T16:00:00.000Z'
const BROKEN = '2026-03-16T16:00:00.001Z'

describe('the watcher of promises', () => {
  let nonprofits: TestParty
  let deps: PartyDeps
  const own = newTypeId('npo', 1)
  const told = async (suggestion: string): Promise<string[]> =>
    (await nonprofits.published())
      .filter((event) => event.data['suggestion'] === suggestion && event.type.startsWith('nonprofit.referral.promise_'))
      .map((event) => `${event.type.slice('nonprofit.referral.promise_'.length)} ${String(event.data['dueAt'])}`)

  beforeAll(async () => {
    const create = (given: PartyDeps) => {
      deps = given
      return createNonprofitsSubgraph(given)
    }
    nonprofits = await startTestParty({ name: 'nonprofits', migrate: migrateNonprofits, create })
    await registerNonprofits(nonprofits, [own])
  })
  afterAll(() => nonprofits.stop())

  it('tells each limit in force once when it comes near and once when it is broken', async () => {
    nonprofits.clock.set(START)
    const { suggestion, engagement } = await acceptOne(nonprofits, own)
    expect(await told(suggestion)).toEqual([])
    nonprofits.clock.set(DUE_SOON)
    await nonprofits.settle()
    expect(await told(suggestion)).toEqual([`due ${LIMIT}`])
    expectDone(await nonprofits.run(actors.worker(own), EXTEND, { input: { engagement, days: 2, why: '等材料' } }))
    nonprofits.clock.set(LIMIT)
    expect(await told(suggestion)).toEqual([`due ${LIMIT}`, 'due 2026-03-18T16:00:00.000Z'])
    nonprofits.clock.set('2026-03-18T16:00:00.001Z')
    for (let look = 0; look < 3; look++) await nonprofits.settle()
    expect(await told(suggestion)).toEqual([`due ${LIMIT}`, 'due 2026-03-18T16:00:00.000Z', 'broken 2026-03-18T16:00:00.000Z'])
    const clock = await nonprofits.sql(`select act, party_id, actor from journal where act = 'nonprofit.clock' and record_id = $1`, [
      engagement,
    ])
    expect(clock).toEqual(Array.from({ length: 3 }, () => ({ act: 'nonprofit.clock', party_id: own, actor: null })))
  })

  it('says nothing of what was delivered or withdrawn', async () => {
    nonprofits.clock.set(START)
    const delivered = await acceptOne(nonprofits, own)
    const withdrawn = await acceptOne(nonprofits, own)
    expectDone(await nonprofits.run(actors.worker(own), DELIVER, { input: { engagement: delivered.engagement, delivery: '已送达' } }))
    const { suggestion } = withdrawn
    await nonprofits.tell({
      type: 'resident.suggestion.withdrawn',
      source: 'residents',
      subject: suggestion,
      data: { suggestion, at: START },
    })
    nonprofits.clock.set(BROKEN)
    expect(await told(delivered.suggestion)).toEqual([])
    expect(await told(withdrawn.suggestion)).toEqual([])
  })

  it('tells after a restart what it missed, once, and what broke meanwhile as broken only', async () => {
    nonprofits.clock.set(START)
    const missed = await acceptOne(nonprofits, own)
    const soon = await acceptOne(nonprofits, own, { promise: { ...PROMISE, days: 12 } })
    // Nobody looks by itself in a test: it is as if no process had run until now. Two start at once, as in a rolling restart.
    nonprofits.clock.set(BROKEN)
    const restarted = await createNonprofitsSubgraph(deps)
    await Promise.all([restarted.settle(), nonprofits.settle()])
    await restarted.stop()
    expect(await told(missed.suggestion)).toEqual([`broken ${LIMIT}`])
    expect(await told(soon.suggestion)).toEqual(['due 2026-03-18T16:00:00.000Z'])
  })
})
