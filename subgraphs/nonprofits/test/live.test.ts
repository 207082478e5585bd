import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, startTestParty, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { createNonprofitsSubgraph, migrateNonprofits } from '../src/subgraph.js'
import { ACCEPT, PROMISE, registerNonprofits, triage } from './street.data.js'

const REFERRALS = `subscription ($of: ID!) { referralsChanged(nonprofit: $of) { id suggestion { id } engagement { verdict } } }`

describe('a live desk of an organization', () => {
  let nonprofits: TestParty
  const [own, other] = [newTypeId('npo', 1), newTypeId('npo', 2)] as const
  beforeAll(async () => {
    nonprofits = await startTestParty({ name: 'nonprofits', migrate: migrateNonprofits, create: createNonprofitsSubgraph })
    await registerNonprofits(nonprofits, [own, other])
  })
  afterAll(() => nonprofits.stop())

  it('tells its workers of referrals as they come and are answered, and no other organization', async () => {
    const live = nonprofits.subscribe(actors.worker(own), REFERRALS, { of: own })
    const elsewhere = nonprofits.subscribe(actors.worker(other), REFERRALS, { of: other })
    expect([await live.isQuiet(), await elsewhere.isQuiet()]).toEqual([true, true])
    const suggestion = newTypeId('sug')
    await triage(nonprofits, { suggestion, to: [own] })
    const came = (await live.next())?.data.referralsChanged
    expect(came).toEqual({ id: expect.stringMatching(/^ref_/), suggestion: { id: suggestion }, engagement: null })
    await nonprofits.run(actors.worker(own), ACCEPT, { input: { referral: came.id, promise: PROMISE } })
    expect((await live.next())?.data.referralsChanged).toEqual({ ...came, engagement: { verdict: 'ACCEPTED' } })
    expect(await elsewhere.isQuiet()).toBe(true)
    live.leave()
    elsewhere.leave()
  })

  it.each([
    ['a worker of another organization', actors.worker(other), 'FORBIDDEN'],
    ['a cadre', actors.cadre(newTypeId('cmt')), 'FORBIDDEN'],
    ['nobody in particular', actors.anonymous(), 'UNAUTHENTICATED'],
  ])('refuses %s', async (_, actor, code) => {
    const live = nonprofits.subscribe(actor, REFERRALS, { of: own })
    expect((await live.next())?.errors[0]?.extensions).toMatchObject({ code })
    await live.ended()
  })
})
