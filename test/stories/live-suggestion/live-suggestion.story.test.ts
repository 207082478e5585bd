import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { expectDone, type TestHub, type TestPersona } from '@commonhall/harness'
import type { Street } from '@commonhall/street'

import { startStreetHub, type Cast } from '../street-hub.js'
import { ACTS, type ActName } from '../suggestion-life/documents.js'
import { subscribeOverSse } from './event-reader.js'

const CHANGED = `subscription ($id: ID!) { suggestionChanged(suggestion: $id) {
  id stage text author { id } community { name } triage { functionItem { owner { name } } } caseHandlings { verdict department { name } promise { state } } } }`
const DESK = `subscription ($of: ID!) { triageDeskChanged(committee: $of) { state suggestion { id stage kind } } }`

describe.each([
  ['in one process', false],
  ['each party in its own', true],
])('a suggestion followed live, %s', (_, isSplit) => {
  let hub: TestHub
  let street: Street
  let cast: Cast
  beforeAll(async () => {
    ;({ hub, street, cast } = await startStreetHub({ isSplit }))
  }, 120_000)
  afterAll(() => hub.stop())

  const done = async (persona: TestPersona, name: ActName, input: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const answer = expectDone(await hub.as(persona).run(ACTS[name], { input }))
    await hub.settle()
    hub.clock.advanceMs(60_000)
    return answer
  }
  const submit = () =>
    done(cast.resident, 'submitSuggestion', {
      kind: 'COMPLAINT',
      text: '三号楼下的路灯坏了一周',
      community: street.communities[0]?.id,
      channel: 'APP',
    })
  const live = async (persona: TestPersona | null, query: string, variables: Record<string, unknown>) =>
    subscribeOverSse(hub.url, persona === null ? null : await hub.token(persona), { query, variables })

  it('shows its author what the committee and a department did, with the fields of four owners, and the public less', async () => {
    const { id } = await submit()
    const department = street.personas.officer.id
    const functionItem = street.functionItems.find((item) => item.owner === department && item.list === 'BASIC')?.id
    const author = await live(cast.resident, CHANGED, { id })
    const anybody = await live(null, CHANGED, { id })
    await done(cast.cadre, 'triageSuggestion', { suggestion: id, route: 'GOVERNMENT', to: [department], functionItem })
    const routed = await author.next()
    expect(routed?.errors).toBeUndefined()
    expect(routed?.data?.['suggestionChanged']).toEqual({
      id,
      stage: 'TRIAGED',
      text: '三号楼下的路灯坏了一周',
      author: { id: expect.any(String) },
      community: { name: expect.any(String) },
      triage: { functionItem: { owner: { name: expect.any(String) } } },
      caseHandlings: [],
    })
    const shown = await anybody.next()
    expect(shown?.data?.['suggestionChanged']).toMatchObject({ id, stage: 'TRIAGED', text: null, author: null })
    expect(shown?.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })

    await done(cast.officer, 'acceptCase', { suggestion: id, promise: { days: 2, clock: 'WORKING', plan: '派人检修' } })
    let latest = await author.next()
    // The promise is the department's and may be told of before the residents have derived the stage from it.
    while ((latest?.data?.['suggestionChanged'] as { stage?: string } | undefined)?.stage === 'TRIAGED') latest = await author.next()
    expect(latest?.data?.['suggestionChanged']).toMatchObject({
      stage: 'PROMISED',
      caseHandlings: [{ verdict: 'ACCEPTED', department: { name: expect.any(String) }, promise: { state: 'OPEN' } }],
    })
    author.leave()
    anybody.leave()
  })

  it("shows a committee's desk to its own people, filled by the residents, and refuses everybody else", async () => {
    const committee = street.personas.cadre.id
    const own = await live(cast.cadre, DESK, { of: committee })
    const { id } = await submit()
    expect((await own.next())?.data?.['triageDeskChanged']).toEqual({
      state: 'WAITING',
      suggestion: { id, stage: 'SUBMITTED', kind: 'COMPLAINT' },
    })
    own.leave()
    for (const [persona, code] of [
      [cast.cadreOfOther, 'FORBIDDEN'],
      [cast.resident, 'FORBIDDEN'],
      [null, 'UNAUTHENTICATED'],
    ] as const) {
      const refused = await live(persona, DESK, { of: committee })
      expect((await refused.next())?.errors?.[0]?.extensions).toMatchObject({ code })
      expect(await refused.next()).toBeNull()
    }
  })
})
