import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { eventually, expectDone, expectNoErrors, PARTY_NAMES, type PartyName, type TestAnswer, type TestPersona } from '@commonhall/harness'

import { startStreetHub } from '../../stories/street-hub.js'
import { ACTS, DASHBOARD, WHOLE_LIFE, type ActName } from '../../stories/suggestion-life/documents.js'
import { lossOf } from './answers.js'

type Stand = Awaited<ReturnType<typeof startStreetHub>>
type Input = Record<string, unknown>

const DESK = `query ($n: ID!) { referrals(nonprofit: $n, answered: false, first: 100) { nodes { id suggestion { id } } } }`
const PERIOD = { from: '2025-03-01', to: '2026-02-28' }

/** What the two great queries lose with each party: the fields it owns, wherever they hang. */
const LOSES: Readonly<Record<PartyName, { readonly dashboard: readonly string[]; readonly life: readonly string[] }>> = {
  government: { dashboard: ['community.responsiveness'], life: ['suggestion.caseHandlings'] },
  committees: {
    dashboard: ['community'],
    life: ['suggestion.community', 'suggestion.ledgerEntry', 'suggestion.triage', 'suggestion.triageHistory'],
  },
  nonprofits: { dashboard: ['community.nonprofitWork'], life: ['suggestion.engagements', 'suggestion.triage.to.name'] },
  residents: {
    dashboard: ['community.openSuggestions', 'community.satisfaction', 'community.suggestionFunnel'],
    life: ['suggestion'],
  },
}

describe('a party that is down', () => {
  let stand: Stand
  let lived: string
  let open: { readonly suggestion: unknown; readonly handling: unknown }

  const act = (persona: TestPersona | null, name: ActName, input: Input): Promise<TestAnswer> =>
    stand.hub.as(persona).run(ACTS[name], { input })
  const done = async (persona: TestPersona | null, name: ActName, input: Input): Promise<Input> => {
    const record = expectDone(await act(persona, name, input))
    await stand.hub.settle()
    stand.hub.clock.advanceMs(60_000)
    return record
  }
  const community = (): string => stand.street.communities[0]?.id ?? ''
  const submit = async (): Promise<unknown> =>
    (await done(stand.cast.resident, 'submitSuggestion', { kind: 'COMPLAINT', text: '路灯不亮', community: community(), channel: 'APP' }))[
      'id'
    ]
  /** Routes while the receiver may be away: its name is then missing, the act is done. */
  const routeTo = async (away: PartyName, suggestion: unknown, to: string): Promise<void> => {
    const answer = await act(stand.cast.cadre, 'triageSuggestion', {
      suggestion,
      route: to.startsWith('npo') ? 'NONPROFIT' : 'GOVERNMENT',
      to: [to],
    })
    expect(answer.errors).toMatchObject([
      { path: ['triageSuggestion', 'to', 0, 'name'], extensions: { code: 'PARTY_UNAVAILABLE', party: away } },
    ])
    expect(answer.data.triageSuggestion).toMatchObject({ id: expect.stringMatching(/^trg_/), to: [{ id: to, name: null }] })
    await stand.hub.settle()
    stand.hub.clock.advanceMs(60_000)
  }
  const route = (suggestion: unknown, to: string): Promise<Input> =>
    done(stand.cast.cadre, 'triageSuggestion', { suggestion, route: to.startsWith('npo') ? 'NONPROFIT' : 'GOVERNMENT', to: [to] })
  const accept = async (suggestion: unknown): Promise<unknown> =>
    (await done(stand.cast.officer, 'acceptCase', { suggestion, promise: { days: 2, clock: 'WORKING' } }))['id']
  const dashboard = (): Promise<TestAnswer> => stand.hub.as(null).run(DASHBOARD, { id: community(), period: PERIOD })
  /** Up again, and the gateway has noticed: its breaker asks a party that was down once a second. */
  const comesBack = async (party: PartyName): Promise<void> => {
    await stand.hub.startParty(party)
    await eventually(dashboard, ({ errors }) => errors.length === 0)
  }
  const life = (id: unknown): Promise<TestAnswer> => stand.hub.as(null).run(WHOLE_LIFE, { id })

  const referralOf = async (suggestion: string): Promise<unknown> => {
    const answer = await stand.hub.as(stand.cast.worker).run(DESK, { n: stand.street.personas.worker.id })
    expectNoErrors(answer)
    return answer.data.referrals.nodes.find((node: { suggestion: { id: string } }) => node.suggestion.id === suggestion)?.id
  }

  beforeAll(async () => {
    stand = await startStreetHub({ isSplit: true })
    const { officer, worker } = stand.street.personas
    const suggestion = await submit()
    lived = String(suggestion)
    await route(suggestion, officer.id)
    await done(stand.cast.cadre, 'openLedgerEntry', { suggestion, community: community(), title: '路灯', feedbackEveryDays: 7 })
    await done(stand.cast.officer, 'resolveCase', { handling: await accept(suggestion), resolution: '已修复' })
    await done(stand.cast.resident, 'reopenSuggestion', { suggestion, reason: '又坏了' })
    await done(stand.cast.officer, 'declineCase', { suggestion, reason: 'NO_CAPACITY', explanation: '人手不足' })
    await route(suggestion, worker.id)
    await done(stand.cast.worker, 'acceptReferral', { referral: await referralOf(lived), promise: { days: 5, clock: 'CALENDAR' } })
    const second = await submit()
    await route(second, officer.id)
    open = { suggestion: second, handling: await accept(second) }
  }, 120_000)
  afterAll(() => stand.hub.stop())

  it.each(PARTY_NAMES)('%s takes along exactly its own fields, says so, and gives them back', async (party) => {
    const whole = { dashboard: await dashboard(), life: await life(lived) }
    expectNoErrors(whole.dashboard)
    expectNoErrors(whole.life)
    await stand.hub.stopParty(party)
    const partial = { dashboard: await dashboard(), life: await life(lived) }
    await comesBack(party)
    expect({
      dashboard: lossOf(whole.dashboard, partial.dashboard, party),
      life: lossOf(whole.life, partial.life, party),
    }).toEqual({ dashboard: { lost: LOSES[party].dashboard, faults: [] }, life: { lost: LOSES[party].life, faults: [] } })
    expect(await dashboard()).toEqual(whole.dashboard)
    expect(await life(lived)).toEqual(whole.life)
  })

  it('government: what is routed to it meanwhile waits for it', async () => {
    await stand.hub.stopParty('government')
    const suggestion = await submit()
    await routeTo('government', suggestion, stand.street.personas.officer.id)
    const refused = await act(stand.cast.officer, 'acceptCase', { suggestion, promise: { days: 2, clock: 'WORKING' } })
    expect(refused.errors.map(({ extensions }) => extensions?.['code'])).toEqual(['PARTY_UNAVAILABLE'])
    await comesBack('government')
    await stand.hub.settle()
    expect(await accept(suggestion)).toEqual(expect.any(String))
  })

  it('nonprofits: a referral made meanwhile is on its desk when it is back', async () => {
    const { worker } = stand.street.personas
    await stand.hub.stopParty('nonprofits')
    const suggestion = await submit()
    await routeTo('nonprofits', suggestion, worker.id)
    const away = await act(stand.cast.worker, 'declineReferral', { referral: 'ref_00000000000000000000000000', reason: 'OTHER', note: '-' })
    expect(away.errors.map(({ extensions }) => extensions?.['code'])).toEqual(['PARTY_UNAVAILABLE'])
    await comesBack('nonprofits')
    await stand.hub.settle()
    const engagement = await done(stand.cast.worker, 'acceptReferral', {
      referral: await referralOf(String(suggestion)),
      promise: { days: 5, clock: 'CALENDAR' },
    })
    expect(engagement['id']).toEqual(expect.any(String))
  })

  it('committees: residents write and departments work on; the desk has it all when it is back', async () => {
    await stand.hub.stopParty('committees')
    const suggestion = await submit()
    await done(stand.cast.neighbour, 'supportSuggestion', { suggestion })
    await done(stand.cast.officer, 'reportProgress', { handling: open.handling, text: '已派工' })
    const refused = await act(stand.cast.cadre, 'triageSuggestion', { suggestion, route: 'SELF', to: [] })
    expect(refused.errors.map(({ extensions }) => extensions?.['code'])).toEqual(['PARTY_UNAVAILABLE'])
    await comesBack('committees')
    await stand.hub.settle()
    await route(suggestion, stand.street.personas.officer.id)
  })

  it('residents: departments work on; the timeline has it all when it is back', async () => {
    await stand.hub.stopParty('residents')
    await done(stand.cast.officer, 'extendPromise', { handling: open.handling, days: 1, why: '等待配件' })
    await done(stand.cast.officer, 'resolveCase', { handling: open.handling, resolution: '已修复' })
    const refused = await act(stand.cast.resident, 'supportSuggestion', { suggestion: open.suggestion })
    expect(refused.errors.map(({ extensions }) => extensions?.['code'])).toEqual(['PARTY_UNAVAILABLE'])
    await comesBack('residents')
    await stand.hub.settle()
    const { data } = await life(open.suggestion)
    expect(data.suggestion).toMatchObject({ stage: 'RESOLVED' })
    const types = data.suggestion.timeline.map(({ type }: { type: string }) => type)
    expect(types).toEqual(expect.arrayContaining(['government.case.reported', 'government.case.extended', 'government.case.resolved']))
  })

  it('leaves every event in the log once, and no dead letter', async () => {
    await stand.hub.settle()
    const logged = await stand.hub.events()
    expect(new Set(logged.map(({ id }) => id)).size).toBe(logged.length)
    for (const party of PARTY_NAMES) {
      const owed = await stand.hub.sql<{ id: string }>(party, 'select id from journal where event_type is not null order by seq')
      expect(
        logged
          .filter(({ source }) => source === party)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(owed.map(({ id }) => id).sort())
      expect(await stand.hub.sql(party, 'select * from dead_letters')).toEqual([])
    }
  })
})
