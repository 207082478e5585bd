import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { ACCEPT, after, officer, otherOfficer, resident, route, SOCIAL, startGovernment, URBAN } from './case-party.data.js'

const INBOX = `subscription ($of: ID!) { inboxChanged(department: $of) { id overdue suggestion { id } handling { verdict } department { name } } }`
const DUE = `subscription ($of: ID!) { promiseDue(department: $of) { id promise { state } } }`

describe('live desks of departments', () => {
  let government: TestParty
  beforeAll(async () => {
    government = await startGovernment()
  })
  afterAll(() => government.stop())
  const accept = async (suggestion: string): Promise<unknown> =>
    expectDone(await government.run(officer, ACCEPT, { input: { suggestion, promise: { days: 5, clock: 'WORKING', plan: '更换灯具' } } }))

  it('tell their officers what comes, what is answered and what is withdrawn, and no other department', async () => {
    const live = government.subscribe(officer, INBOX, { of: URBAN })
    const elsewhere = government.subscribe(otherOfficer, INBOX, { of: SOCIAL })
    expect([await live.isQuiet(), await elsewhere.isQuiet()]).toEqual([true, true])
    const suggestion = await route(government)
    const came = (await live.next())?.data.inboxChanged
    expect(came).toMatchObject({ id: expect.stringMatching(/^inb_/), suggestion: { id: suggestion }, handling: null })
    await accept(suggestion)
    expect((await live.next())?.data.inboxChanged).toEqual({ ...came, handling: { verdict: 'ACCEPTED' } })
    await resident.withdraws(government, suggestion)
    expect((await live.next())?.data.inboxChanged.id).toBe(came.id)
    expect(await elsewhere.isQuiet()).toBe(true)
    live.leave()
    elsewhere.leave()
  })

  it('tell when a promise comes near its limit and when it is broken', async () => {
    const suggestion = await route(government)
    await accept(suggestion)
    await government.settle()
    const live = government.subscribe(officer, DUE, { of: URBAN })
    const elsewhere = government.subscribe(otherOfficer, DUE, { of: SOCIAL })
    expect([await live.isQuiet(), await elsewhere.isQuiet()]).toEqual([true, true])
    government.clock.set(after(6, 12))
    expect((await live.next())?.data.promiseDue).toEqual({ id: expect.stringMatching(/^csh_/), promise: { state: 'DUE_SOON' } })
    government.clock.set(after(8))
    expect((await live.next())?.data.promiseDue.promise.state).toBe('BROKEN')
    expect(await elsewhere.isQuiet()).toBe(true)
    live.leave()
    elsewhere.leave()
  })

  it.each([INBOX, DUE])('refuse everybody else: %s', async (query) => {
    for (const [actor, code] of [
      [otherOfficer, 'FORBIDDEN'],
      [actors.cadre(newTypeId('cmt')), 'FORBIDDEN'],
      [actors.anonymous(), 'UNAUTHENTICATED'],
    ] as const) {
      const live = government.subscribe(actor, query, { of: URBAN })
      expect((await live.next())?.errors[0]?.extensions).toMatchObject({ code })
      await live.ended()
    }
  })
})
