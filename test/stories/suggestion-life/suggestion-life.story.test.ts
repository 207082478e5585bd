import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { expectDone, expectNoErrors, expectRefusal, type TestAnswer, type TestHub, type TestPersona } from '@commonhall/harness'
import type { Street } from '@commonhall/street'

import { startStreetHub, type Cast } from '../street-hub.js'
import { ACTS, DASHBOARD, WHOLE_LIFE, type ActName } from './documents.js'

const DAY_MS = 86_400_000

describe('the life of a suggestion across four parties', () => {
  let hub: TestHub
  let street: Street
  let cast: Cast

  beforeAll(async () => {
    ;({ hub, street, cast } = await startStreetHub())
  }, 120_000)
  afterAll(() => hub.stop())

  const act = async (persona: TestPersona | null, name: ActName, input: Record<string, unknown>): Promise<TestAnswer> => {
    const answer = await hub.as(persona).run(ACTS[name], { input })
    await hub.settle()
    // People take their time: no two acts of a story share an instant.
    hub.clock.advanceMs(60_000)
    return answer
  }
  const done = async (persona: TestPersona | null, name: ActName, input: Record<string, unknown>) =>
    expectDone(await act(persona, name, input))
  const refused = async (persona: TestPersona | null, name: ActName, input: Record<string, unknown>, code: string) =>
    expectRefusal(await act(persona, name, input), code)
  const life = async (id: unknown, persona: TestPersona | null = null) => {
    const answer = await hub.as(persona).run(WHOLE_LIFE, { id })
    expectNoErrors(answer)
    return answer.data.suggestion
  }
  const community = () => street.communities[0]?.id ?? ''
  const itemOf = (department: string) => street.functionItems.find((item) => item.owner === department && item.list === 'BASIC')
  const submit = (text: string, over: Record<string, unknown> = {}) =>
    done(cast.resident, 'submitSuggestion', { kind: 'COMPLAINT', text, community: community(), channel: 'APP', ...over })
  const route = (suggestion: unknown, over: Record<string, unknown> = {}) =>
    done(cast.cadre, 'triageSuggestion', {
      suggestion,
      route: 'GOVERNMENT',
      to: [street.personas.officer.id],
      functionItem: itemOf(street.personas.officer.id)?.id,
      ...over,
    })

  it('goes from the resident over the committee and a department back to the resident, who alone says that it is done', async () => {
    const suggestion = await submit('三号楼下的路灯坏了一周')
    expect(suggestion).toMatchObject({ stage: 'SUBMITTED', anonymous: false })
    const { id } = suggestion
    expect(await done(cast.neighbour, 'supportSuggestion', { suggestion: id })).toMatchObject({ supporters: 1 })
    const triage = await route(id)
    expect(triage).toMatchObject({ route: 'GOVERNMENT', to: [{ __typename: 'Department', id: street.personas.officer.id }] })
    expect(await life(id)).toMatchObject({ stage: 'TRIAGED' })
    const handling = await done(cast.officer, 'acceptCase', { suggestion: id, promise: { days: 2, clock: 'WORKING', plan: '派人检修' } })
    expect(handling).toMatchObject({ verdict: 'ACCEPTED', promise: { state: 'OPEN' } })
    expect(await life(id)).toMatchObject({ stage: 'PROMISED' })
    await done(cast.officer, 'reportProgress', { handling: handling['id'], text: '电工已到现场' })
    expect(await life(id)).toMatchObject({ stage: 'IN_PROGRESS' })
    const question = await done(cast.officer, 'askRequester', { handling: handling['id'], text: '是哪一盏灯?' })
    expect(await life(id)).toMatchObject({ stage: 'WAITING_FOR_RESIDENT' })
    await done(cast.resident, 'answerCaseQuestion', { question: question['id'], text: '东侧第二盏' })
    expect(await life(id)).toMatchObject({ stage: 'IN_PROGRESS' })
    await done(cast.officer, 'extendPromise', { handling: handling['id'], days: 1, why: '等待配件' })
    await done(cast.officer, 'resolveCase', {
      handling: handling['id'],
      resolution: '已更换灯泡',
      cost: { amount: '120.00', currency: 'CNY' },
    })
    expect(await life(id)).toMatchObject({ stage: 'RESOLVED' })
    await refused(cast.neighbour, 'rateOutcome', { suggestion: id, resolved: true, score: 5 }, 'NOT_YOUR_RECORD')
    await done(cast.resident, 'rateOutcome', { suggestion: id, resolved: true, score: 5, comment: '谢谢' })
    const whole = await life(id)
    expect(whole).toMatchObject({ stage: 'SATISFIED', outcome: { resolved: true, score: 5 }, triage: { route: 'GOVERNMENT' } })
    const acts = whole.timeline.map((entry: { type: string }) => entry.type)
    expect(acts).toEqual(
      expect.arrayContaining([
        'resident.suggestion.submitted',
        'committee.suggestion.triaged',
        'government.case.accepted',
        'government.case.resumed',
        'government.case.resolved',
        'resident.suggestion.rated',
      ]),
    )
    expect([...whole.timeline].sort((a: { at: string }, b: { at: string }) => a.at.localeCompare(b.at))).toEqual(whole.timeline)
  })

  it('bounces with the right owner named, and at the second bounce must go to a conference or stay with the committee', async () => {
    const { id } = await submit('楼道里堆满杂物')
    await route(id)
    const other = itemOf(street.personas.officerOfOther.id)
    await refused(cast.officer, 'declineCase', { suggestion: id, reason: 'NOT_MY_FUNCTION', explanation: '不归我们' }, 'OWNER_MISSING')
    await done(cast.officer, 'declineCase', {
      suggestion: id,
      reason: 'NOT_MY_FUNCTION',
      explanation: '不归我们',
      suggestedOwner: other?.id,
    })
    expect(await life(id)).toMatchObject({ stage: 'REFERRED_BACK' })
    await route(id, { to: [street.personas.officerOfOther.id], functionItem: other?.id })
    await done(cast.officerOfOther, 'declineCase', {
      suggestion: id,
      reason: 'NOT_MY_FUNCTION',
      explanation: '也不归我们',
      suggestedOwner: itemOf(street.personas.officer.id)?.id,
    })
    await refused(cast.cadre, 'triageSuggestion', { suggestion: id, route: 'GOVERNMENT', to: [street.personas.officer.id] }, 'WRONG_STAGE')
    await done(cast.cadre, 'triageSuggestion', { suggestion: id, route: 'JOINT_CONFERENCE', note: '请两家到场' })
    expect(await life(id)).toMatchObject({ stage: 'IN_CONFERENCE', conference: { calledByRule: true }, triageHistory: [{}, {}, {}] })
  })

  it('is explained when declined for another reason', async () => {
    const { id } = await submit('请在河边修一座桥')
    await route(id)
    await done(cast.officer, 'declineCase', { suggestion: id, reason: 'OUT_OF_SCOPE', explanation: '已列入市级规划' })
    expect(await life(id)).toMatchObject({ stage: 'EXPLAINED' })
  })

  it('can be handled by a nonprofit, and jointly by two parties with a promise each', async () => {
    const { id } = await submit('独居老人需要助餐')
    await route(id, { route: 'NONPROFIT', to: [street.personas.worker.id], functionItem: undefined })
    const desk = await hub
      .as(cast.worker)
      .run(`query ($n: ID!) { referrals(nonprofit: $n, first: 100) { nodes { id suggestion { id } } } }`, { n: street.personas.worker.id })
    expectNoErrors(desk)
    const referral = desk.data.referrals.nodes.find((node: { suggestion: { id: string } | null }) => node.suggestion?.id === id)
    const engagement = await done(cast.worker, 'acceptReferral', { referral: referral.id, promise: { days: 5, clock: 'CALENDAR' } })
    await done(cast.worker, 'reportDelivery', { engagement: engagement['id'], delivery: '已开始送餐' })
    expect(await life(id)).toMatchObject({ stage: 'RESOLVED', engagements: [{ verdict: 'ACCEPTED' }] })

    const joint = await submit('占道经营的摊位')
    await route(joint['id'], { to: [street.personas.officer.id, street.personas.officerOfOther.id], functionItem: undefined })
    const first = await done(cast.officer, 'acceptCase', { suggestion: joint['id'], promise: { days: 3, clock: 'WORKING' } })
    await done(cast.officerOfOther, 'acceptCase', { suggestion: joint['id'], promise: { days: 5, clock: 'WORKING' } })
    await done(cast.officer, 'resolveCase', { handling: first['id'], resolution: '已清理' })
    expect(await life(joint['id'])).toMatchObject({ stage: expect.stringMatching(/PROMISED|IN_PROGRESS/), caseHandlings: [{}, {}] })
  })

  it('can be handled by the committee itself, with an entry in the ledger', async () => {
    const { id } = await submit('活动室的门锁坏了')
    await route(id, { route: 'SELF', to: [], functionItem: undefined })
    const handling = await done(cast.cadre, 'takeCase', { suggestion: id, promise: { days: 3, clock: 'WORKING' } })
    const entry = await done(cast.cadre, 'openLedgerEntry', {
      suggestion: id,
      community: community(),
      title: '活动室维修',
      feedbackEveryDays: 7,
    })
    const scheduled = await done(cast.cadre, 'scheduleStep', { entry: entry['id'], dueOn: '2026-03-06', what: '换锁' })
    await refused(cast.cadre, 'closeLedgerEntry', { entry: entry['id'] }, 'WRONG_STAGE')
    const [step] = scheduled['schedule'] as Array<{ id: string }>
    await done(cast.cadre, 'completeStep', { entry: entry['id'], step: step?.id })
    await done(cast.cadre, 'reportFeedback', { entry: entry['id'], channel: 'VISIT', text: '锁已更换' })
    await done(cast.cadre, 'closeLedgerEntry', { entry: entry['id'] })
    await done(cast.cadre, 'finishCase', { handling: handling['id'], resolution: '门锁已更换' })
    expect(await life(id)).toMatchObject({
      stage: 'RESOLVED',
      committeeHandling: { promise: { state: 'KEPT' } },
      ledgerEntry: { schedule: [{ what: '换锁' }] },
    })
  })

  it('can be reopened: first to the same handler, then to the committee', async () => {
    const { id } = await submit('电梯异响')
    await route(id)
    const first = await done(cast.officer, 'acceptCase', { suggestion: id, promise: { days: 2, clock: 'WORKING' } })
    await done(cast.officer, 'resolveCase', { handling: first['id'], resolution: '已检修' })
    await done(cast.resident, 'reopenSuggestion', { suggestion: id, reason: '仍有异响' })
    expect(await life(id)).toMatchObject({ stage: 'REOPENED' })
    const second = await done(cast.officer, 'acceptCase', { suggestion: id, promise: { days: 2, clock: 'WORKING' } })
    await done(cast.officer, 'resolveCase', { handling: second['id'], resolution: '已更换钢丝绳' })
    expect(await life(id)).toMatchObject({ stage: 'RESOLVED', caseHandlings: [{}, {}] })
    await done(cast.resident, 'reopenSuggestion', { suggestion: id, reason: '又响了' })
    const desk = await hub
      .as(cast.cadre)
      .run(`query ($c: ID!) { triageDesk(committee: $c, first: 100) { nodes { suggestion { id } } } }`, { c: street.personas.cadre.id })
    expectNoErrors(desk)
    expect(desk.data.triageDesk.nodes.map((node: { suggestion: { id: string } | null }) => node.suggestion?.id)).toContain(id)
    await refused(cast.resident, 'rateOutcome', { suggestion: id, resolved: true, score: 4 }, 'WRONG_STAGE')
  })

  it('stays unrated for ever when nobody spoke within thirty days, and is never counted as satisfied', async () => {
    const { id } = await submit('健身器材松动')
    await route(id)
    const handling = await done(cast.officer, 'acceptCase', { suggestion: id, promise: { days: 2, clock: 'WORKING' } })
    await done(cast.officer, 'resolveCase', { handling: handling['id'], resolution: '已紧固' })
    hub.clock.advanceMs(31 * DAY_MS)
    await refused(cast.resident, 'rateOutcome', { suggestion: id, resolved: true, score: 5 }, 'TOO_LATE')
    await refused(cast.resident, 'reopenSuggestion', { suggestion: id, reason: '又松了' }, 'TOO_LATE')
    expect(await life(id)).toMatchObject({ stage: 'RESOLVED', outcome: null })
  })

  it('is merged into an earlier one only after the time to contest has passed, and takes its supporters along', async () => {
    const original = await submit('小区门口积水严重')
    const copy = await done(cast.neighbour, 'submitSuggestion', {
      kind: 'COMPLAINT',
      text: '门口又积水了',
      community: community(),
      channel: 'WEB',
    })
    await route(copy['id'], { route: 'DUPLICATE', to: [], functionItem: undefined, duplicateOf: original['id'] })
    expect((await life(copy['id'])).mergedInto).toBeNull()
    hub.clock.advanceMs(12 * DAY_MS)
    await hub.settle()
    expect(await life(copy['id'])).toMatchObject({ stage: 'MERGED', mergedInto: { id: original['id'] } })

    const third = await done(cast.neighbour, 'submitSuggestion', {
      kind: 'COMPLAINT',
      text: '地下室进水',
      community: community(),
      channel: 'WEB',
    })
    await route(third['id'], { route: 'DUPLICATE', to: [], functionItem: undefined, duplicateOf: original['id'] })
    await done(cast.neighbour, 'contestMerge', { suggestion: third['id'], reason: '是地下室,不是门口' })
    hub.clock.advanceMs(12 * DAY_MS)
    await hub.settle()
    expect((await life(third['id'])).mergedInto).toBeNull()
  })

  it('can be submitted without a name, and followed by its code alone', async () => {
    const anonymous = await done(null, 'submitSuggestion', {
      kind: 'PETITION_LETTER',
      text: '请公开维修资金',
      community: community(),
      channel: 'WEB',
      anonymous: true,
    })
    expect(anonymous['followCode']).toEqual(expect.any(String))
    await refused(null, 'withdrawSuggestion', { suggestion: anonymous['id'], followCode: 'WRONG-CODE' }, 'NOT_FOUND')
    expect(await done(null, 'withdrawSuggestion', { suggestion: anonymous['id'], followCode: anonymous['followCode'] })).toMatchObject({
      stage: 'WITHDRAWN',
    })
  })

  it('tells of a promise that is due, and of one that is broken, once each', async () => {
    const { id } = await submit('垃圾桶没有清运')
    await route(id)
    await done(cast.officer, 'acceptCase', { suggestion: id, promise: { days: 10, clock: 'CALENDAR' } })
    hub.clock.advanceMs(20 * DAY_MS)
    await hub.settle()
    await hub.settle()
    const acts = (await life(id)).timeline.map((entry: { type: string }) => entry.type)
    expect(acts.filter((name: string) => name === 'government.case.promise_broken')).toHaveLength(1)
  })

  it('gives the committee its dashboard from four owners, to anybody, without a person in it', async () => {
    const period = { from: '2025-03-01', to: '2026-02-28' }
    const answer = await hub.as(null).run(DASHBOARD, { id: community(), period })
    expectNoErrors(answer)
    expect(answer.data.community).toMatchObject({
      grid: { cells: expect.any(Number) },
      responsiveness: { received: expect.any(Number) },
      nonprofitWork: { registered: expect.any(Number) },
    })
    const statements = await hub.statements(() => hub.as(null).run(DASHBOARD, { id: community(), period }))
    expect(statements.length).toBeLessThanOrEqual(14)
  })
})
