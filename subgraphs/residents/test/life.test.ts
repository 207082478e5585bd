import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, expectRefusal, REFUSED, startTestParty, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'
import { fixedClock } from '@commonhall/shared/time'

import { createResidentsSubgraph, migrateResidents, rebuildStages } from '../src/subgraph.js'
import { aResident, aSuggestion, FOLLOW_SECRET, north, startResidents, story, SUBMIT, urban } from './residents.data.js'

const DAY = 86_400_000
const START = new Date('2026-03-02T02:00:00Z')
const RATE = `mutation ($input: RateOutcomeInput!) { rateOutcome(input: $input) { ${REFUSED} ... on Suggestion { id stage text outcome { resolved score comment } } } }`
const REOPEN = `mutation ($input: ReopenSuggestionInput!) { reopenSuggestion(input: $input) { ${REFUSED} ... on Suggestion { id stage reopenings { reason } } } }`
const ANSWER = `mutation ($input: AnswerCaseQuestionInput!) { answerCaseQuestion(input: $input) { ${REFUSED} ... on CaseAnswer { id text question { id } } } }`
const WITHDRAW = `mutation ($input: WithdrawSuggestionInput!) { withdrawSuggestion(input: $input) { ${REFUSED} ... on Suggestion { id stage withdrawnAt } } }`

describe('the life of a suggestion', () => {
  let party: TestParty
  let author: Awaited<ReturnType<typeof aResident>>
  let neighbour: Awaited<ReturnType<typeof aResident>>

  const stageOf = async (id: string): Promise<string> =>
    (await party.run(actors.anonymous(), `query ($id: ID) { suggestion(id: $id) { stage } }`, { id })).data.suggestion.stage
  const aResolved = async (): Promise<{ id: string; handling: string }> => {
    const id = await aSuggestion(party, author.actor)
    const handling = newTypeId('hdl')
    const tell = story(party, id)
    for (const step of [tell.toUrban, () => tell.accepted(handling)]) {
      await step()
      party.clock.advanceMs(60_000)
    }
    await tell.resolved(handling)
    party.clock.advanceMs(60_000)
    return { id, handling }
  }

  beforeAll(async () => {
    party = await startResidents(START)
    author = await aResident(party, 'author')
    neighbour = await aResident(party, 'neighbour')
  })
  afterEach(() => party.clock.set(START))
  afterAll(() => party.stop())

  it('goes through its stages as others write, and says so to all', async () => {
    const id = await aSuggestion(party, author.actor)
    const tell = story(party, id)
    const handling = newTypeId('hdl')
    const question = newTypeId('cqu')
    const stages = [await stageOf(id)]
    for (const step of [
      tell.toUrban,
      () => tell.declined(newTypeId('hdl')),
      tell.toUrban,
      () => tell.accepted(handling),
      () => tell.reported(handling),
      () => tell.asked(handling, question),
      () => party.run(author.actor, ANSWER, { input: { question, text: '在三单元门口' } }),
      () => tell.resolved(handling),
      () => party.run(author.actor, RATE, { input: { suggestion: id, resolved: true, score: 5 } }),
    ]) {
      party.clock.advanceMs(60_000)
      await step()
      stages.push(await stageOf(id))
    }
    expect(stages).toEqual([
      ...[
        'SUBMITTED',
        'TRIAGED',
        'REFERRED_BACK',
        'TRIAGED',
        'PROMISED',
        'IN_PROGRESS',
        'WAITING_FOR_RESIDENT',
        'IN_PROGRESS',
        'RESOLVED',
        'SATISFIED',
      ],
    ])
    const changes = (await party.published()).filter((event) => event.type === 'resident.suggestion.stage_changed' && event.subject === id)
    expect(changes.map((event) => event.data['to'])).toEqual(stages.slice(1))
    const timeline = await party.run(
      actors.anonymous(),
      `query ($id: ID) { suggestion(id: $id) { timeline { type stage note party { kind id name } } } }`,
      { id },
    )
    expectNoErrors(timeline)
    const lines = timeline.data.suggestion.timeline
    expect(lines.map((line: { type: string }) => line.type)).toEqual([
      ...['resident.suggestion.submitted', 'committee.suggestion.triaged', 'government.case.declined', 'committee.suggestion.triaged'],
      ...['government.case.accepted', 'government.case.reported', 'government.case.asked', 'resident.case.answered'],
      ...['government.case.resolved', 'resident.suggestion.rated'],
    ])
    expect(lines.map((line: { stage: string }) => line.stage)).toEqual(stages)
    expect(lines[1]).toMatchObject({ note: 'GOVERNMENT', party: { kind: 'COMMITTEE', id: north.committee, name: 'Committee 1' } })
    expect(lines[2]).toMatchObject({ note: 'NOT_MY_FUNCTION', party: { kind: 'GOVERNMENT', id: urban, name: 'URBAN office' } })
    expect(lines[0].party).toEqual({ kind: 'RESIDENT', id: null, name: null })
  })

  it('takes an event that comes twice, late or before its suggestion without losing or doubling anything', async () => {
    const id = await aSuggestion(party, author.actor)
    const handling = newTypeId('hdl')
    const at = party.clock.now().toISOString()
    const resolved = {
      ...({ source: 'government', partyId: urban, type: 'government.case.resolved', subject: id, id: newTypeId('jrn') } as const),
      data: { suggestion: id, handling, department: urban, at },
    }
    await party.tell(resolved)
    await party.tell(resolved)
    expect(await stageOf(id)).toBe('SUBMITTED')
    await story(party, id).accepted(handling)
    expect(await stageOf(id)).toBe('RESOLVED')
    const unknown = newTypeId('sug')
    await story(party, unknown).toUrban()
    const kept = await party.sql<{ timeline: unknown[] }>(`select timeline from suggestion_facts where suggestion_id = $1`, [unknown])
    expect(kept[0]?.timeline).toHaveLength(1)
    expect(await party.sql(`select 1 from dead_letters`)).toEqual([])
  })

  it('has a stage that is nobody to set: rebuilt from the facts it is the same', async () => {
    const { id } = await aResolved()
    await story(party, await aSuggestion(party, author.actor)).answered()
    const read = `select id, stage, stage_until, limit_at, resolved_at from suggestions order by id`
    const before = await party.sql(read)
    await party.sql(`begin; alter table suggestions no force row level security; update suggestions set stage = 'SUBMITTED', limit_at = null where id = '${id}';
      alter table suggestions force row level security; commit`)
    await rebuildStages({ database: party.party.database, clock: party.clock })
    expect(await party.sql(read)).toEqual(before)
  })

  it('is overdue when the committee itself lets its limit pass, and no longer once it took the matter on', async () => {
    const overdue = async (): Promise<string[]> => {
      const answer = await party.run(
        actors.anonymous(),
        `query ($c: ID!) { suggestions(community: $c, filter: { overdue: true }) { nodes { id } } }`,
        {
          c: north.id,
        },
      )
      return answer.data.suggestions.nodes.map((node: { id: string }) => node.id)
    }
    const [own, conference, answered] = [
      await aSuggestion(party, author.actor),
      await aSuggestion(party, author.actor),
      await aSuggestion(party, author.actor),
    ]
    await story(party, own).toSelf()
    await story(party, conference).toConference()
    await story(party, answered).answered()
    expect(await overdue()).not.toEqual(expect.arrayContaining([own]))
    party.clock.advanceMs(8 * DAY)
    const late = await overdue()
    expect(late).toEqual(expect.arrayContaining([own, conference]))
    expect(late).not.toContain(answered)
    const due = async (id: string) =>
      (await party.run(actors.anonymous(), `query ($id: ID) { suggestion(id: $id) { dueAt resolvedAt } }`, { id })).data.suggestion
    expect(await due(own)).toEqual({ dueAt: new Date(START.getTime() + 7 * DAY).toISOString(), resolvedAt: null })
    expect(await due(answered)).toEqual({ dueAt: null, resolvedAt: null })
    await story(party, own).taken(newTypeId('chd'))
    expect(await due(own)).toEqual({ dueAt: new Date(START.getTime() + 18 * DAY).toISOString(), resolvedAt: null })
    expect(await overdue()).not.toContain(own)
  })

  it('lets only the author rate, in time and after a resolution, and a later rating replaces the earlier', async () => {
    const open = await aSuggestion(party, author.actor)
    const rate = (actor = author.actor, changes = {}) =>
      party.run(actor, RATE, { input: { suggestion: open, resolved: true, score: 4, ...changes } })
    expectRefusal(await rate(), 'WRONG_STAGE')
    const { id } = await aResolved()
    expectRefusal(await rate(neighbour.actor, { suggestion: id }), 'NOT_YOUR_RECORD')
    expectRefusal(await rate(actors.anonymous(), { suggestion: id }), 'NOT_VERIFIED')
    expectRefusal(await rate(actors.officer(urban), { suggestion: id }), 'NOT_YOUR_FUNCTION')
    for (const score of [0, 6])
      expect(expectRefusal(await rate(author.actor, { suggestion: id, score }), 'INVALID_INPUT')['field']).toBe('score')
    expect(expectDone(await rate(author.actor, { suggestion: id, resolved: false, score: 2, comment: '还是不亮' }))).toMatchObject({
      stage: 'RESOLVED',
      outcome: { resolved: false, score: 2, comment: '还是不亮' },
    })
    expect(expectDone(await rate(author.actor, { suggestion: id, score: 5 }))).toMatchObject({
      stage: 'SATISFIED',
      outcome: { resolved: true, score: 5 },
    })
    expect(await party.sql(`select score from outcomes where suggestion_id = $1`, [id])).toEqual([{ score: 5 }])
    // The 30th day is 1 April 2026, a working day; it ends at 24:00 in Shanghai.
    party.clock.set(new Date('2026-04-01T16:00:00Z'))
    expectDone(await rate(author.actor, { suggestion: id, score: 3 }))
    party.clock.set(new Date('2026-04-01T16:00:00.001Z'))
    expectRefusal(await rate(author.actor, { suggestion: id, score: 1 }), 'TOO_LATE')
  })

  it('goes back to the same handlers when it is reopened, and to the desk the second time', async () => {
    const { id, handling } = await aResolved()
    const reopen = (reason: string) => party.run(author.actor, REOPEN, { input: { suggestion: id, reason } })
    expectRefusal(await reopen('  '), 'REASON_MISSING')
    expect(expectDone(await reopen('又坏了'))).toMatchObject({ stage: 'REOPENED' })
    expectRefusal(await reopen('again'), 'WRONG_STAGE')
    expectRefusal(await party.run(author.actor, RATE, { input: { suggestion: id, resolved: true, score: 5 } }), 'WRONG_STAGE')
    party.clock.advanceMs(60_000)
    const second = newTypeId('hdl')
    await story(party, id).accepted(second)
    party.clock.advanceMs(60_000)
    await story(party, id).resolved(second)
    party.clock.advanceMs(60_000)
    expect(expectDone(await reopen('第三次'))).toMatchObject({ stage: 'REOPENED' })
    const events = (await party.published()).filter((event) => event.type === 'resident.suggestion.reopened' && event.subject === id)
    expect(events.map(({ data }) => [data['count'], data['toDesk']])).toEqual([
      [1, false],
      [2, true],
    ])
    expect(handling).not.toBe(second)
  })

  it('takes one answer to a question that a department asked, while it is open', async () => {
    const id = await aSuggestion(party, author.actor)
    const [handling, question, other] = [newTypeId('hdl'), newTypeId('cqu'), newTypeId('cqu')]
    const tell = story(party, id)
    await tell.accepted(handling)
    await tell.asked(handling, question)
    await tell.asked(handling, other)
    const answer = (actor = author.actor, changes = {}) => party.run(actor, ANSWER, { input: { question, text: '三单元', ...changes } })
    for (const unknown of [newTypeId('cqu'), 'nonsense', '']) expectRefusal(await answer(author.actor, { question: unknown }), 'NOT_FOUND')
    expectRefusal(await answer(neighbour.actor), 'NOT_YOUR_RECORD')
    expectRefusal(await answer(author.actor, { text: ' ' }), 'INVALID_INPUT')
    expect(expectDone(await answer())).toMatchObject({ text: '三单元', question: { id: question } })
    expectRefusal(await answer(), 'ALREADY_DONE')
    expect(await stageOf(id)).toBe('WAITING_FOR_RESIDENT')
    party.clock.set(new Date(START.getTime() + 11 * DAY))
    expectRefusal(await answer(author.actor, { question: other }), 'TOO_LATE')
  })

  it('stops waiting for the resident when the pause runs out, also if nobody was there to see it', async () => {
    const id = await aSuggestion(party, author.actor)
    const handling = newTypeId('hdl')
    await story(party, id).accepted(handling)
    await story(party, id).asked(handling, newTypeId('cqu'))
    expect(await stageOf(id)).toBe('WAITING_FOR_RESIDENT')
    party.clock.set(new Date(START.getTime() + 10 * DAY + 1))
    await party.settle()
    expect(await stageOf(id)).toBe('PROMISED')
    const changes = await party.sql(`select act, actor from journal where record_id = $1 and act = 'resident.clock'`, [id])
    expect(changes).toEqual([{ act: 'resident.clock', actor: null }])
  })

  it('can be taken back by its author at any time, once', async () => {
    const { id } = await aResolved()
    const withdraw = (actor = author.actor) => party.run(actor, WITHDRAW, { input: { suggestion: id, reason: '搬走了' } })
    expectRefusal(await withdraw(neighbour.actor), 'NOT_YOUR_RECORD')
    expect(expectDone(await withdraw())).toMatchObject({ stage: 'WITHDRAWN', withdrawnAt: party.clock.now().toISOString() })
    expectRefusal(await withdraw(), 'ALREADY_DONE')
    expectRefusal(await party.run(author.actor, RATE, { input: { suggestion: id, resolved: true, score: 5 } }), 'WRONG_STAGE')
  })

  it('lets the holder of a follow code do all that an author may, and tells a wrong code nothing', async () => {
    const done = expectDone(
      await party.run(actors.anonymous(), SUBMIT, {
        input: { kind: 'COMPLAINT', text: '夜间施工扰民', community: north.id, channel: 'WEB', anonymous: true },
      }),
    )
    const [id, followCode] = [String(done['id']), String(done['followCode'])]
    const handling = newTypeId('hdl')
    const question = newTypeId('cqu')
    await story(party, id).accepted(handling)
    await story(party, id).asked(handling, question)
    const wrong = { suggestion: id, followCode: 'AAAA-AAAA-AAAA', resolved: true, score: 5 }
    const byWrong = expectRefusal(await party.run(actors.anonymous(), RATE, { input: wrong }), 'NOT_FOUND')
    const ofNothing = expectRefusal(
      await party.run(actors.anonymous(), RATE, { input: { ...wrong, suggestion: newTypeId('sug') } }),
      'NOT_FOUND',
    )
    expect(byWrong['message']).toBe(ofNothing['message'])
    const spoken = followCode.toLowerCase().replaceAll('-', ' ')
    expectDone(await party.run(actors.anonymous(), ANSWER, { input: { question, text: '每晚十点以后', followCode: spoken } }))
    await story(party, id).resolved(handling)
    party.clock.advanceMs(1_000)
    expect(expectDone(await party.run(actors.anonymous(), RATE, { input: { ...wrong, followCode } }))).toMatchObject({
      stage: 'SATISFIED',
      text: '夜间施工扰民',
    })
    expect(
      expectDone(await party.run(actors.anonymous(), REOPEN, { input: { suggestion: id, reason: '又来了', followCode } })),
    ).toMatchObject({ stage: 'REOPENED' })
    expect(expectDone(await party.run(actors.anonymous(), WITHDRAW, { input: { suggestion: id, followCode } }))).toMatchObject({
      stage: 'WITHDRAWN',
    })
  })

  it('writes down nowhere who stands behind an anonymous entry, also when the author is signed in', async () => {
    const submit = (clientKey: string) =>
      party.run(author.actor, SUBMIT, {
        input: { kind: 'COMPLAINT', text: '邻居噪音', community: north.id, channel: 'APP', anonymous: true, clientKey },
      })
    expectRefusal(await submit('too short'), 'INVALID_INPUT')
    const done = expectDone(await submit('0c7e6ad4-anonymous-submit'))
    const [id, followCode] = [String(done['id']), String(done['followCode'])]
    expect(expectDone(await submit('0c7e6ad4-anonymous-submit'))).toMatchObject({ id, followCode })
    const [handling, question] = [newTypeId('hdl'), newTypeId('cqu')]
    await story(party, id).accepted(handling)
    await story(party, id).asked(handling, question)
    const as = (mutation: string, input: object) =>
      party.run(author.actor, mutation, { input: { ...input, clientKey: '5f0b2f4e-anonymous-follow' } })
    expectRefusal(await as(ANSWER, { question, text: '夜里' }), 'NOT_YOUR_RECORD')
    expectDone(await as(ANSWER, { question, text: '夜里', followCode }))
    await story(party, id).resolved(handling)
    party.clock.advanceMs(1_000)
    expectDone(await as(RATE, { suggestion: id, resolved: true, score: 4, followCode }))
    expectDone(await as(REOPEN, { suggestion: id, reason: '又来了', followCode }))
    expectDone(await as(WITHDRAW, { suggestion: id, followCode }))
    expect(await party.sql(`select author_id, owner_party_id, age_band_then from suggestions where id = $1`, [id])).toEqual([
      { author_id: null, owner_party_id: id, age_band_then: null },
    ])
    const acts = await party.sql<{ act: string }>(`select act from journal where party_id = $1`, [id])
    expect(new Set(acts.map(({ act }) => act)).size).toBeGreaterThanOrEqual(5)
    expect(
      await party.sql(
        `select act from journal where party_id = $1 and (actor is not null or trace_id <> 'anonymous') and act like 'resident.suggestion.%'`,
        [id],
      ),
    ).toEqual([])
    expect(await party.sql(`select act from idempotency_keys where client_key like '%-anonymous-%' and actor <> ''`)).toEqual([])
  })

  it('knows no follow code for an entry that has a name', async () => {
    const id = await aSuggestion(party, author.actor)
    const { followCodeOf } = await import('../src/follow-code.js')
    const input = { suggestion: id, followCode: followCodeOf(FOLLOW_SECRET, id) }
    expectRefusal(await party.run(actors.anonymous(), WITHDRAW, { input }), 'NOT_FOUND')
  })

  it('tells everything once when the watcher was down and another process is back', async () => {
    const id = await aSuggestion(party, author.actor)
    const handling = newTypeId('hdl')
    await story(party, id).accepted(handling)
    await story(party, id).asked(handling, newTypeId('cqu'))
    const later = fixedClock(new Date(START.getTime() + 30 * DAY))
    const again = await startTestParty({
      name: 'residents',
      migrate: migrateResidents,
      create: (deps) => createResidentsSubgraph({ ...deps, followSecret: FOLLOW_SECRET, databaseUrl: party.database.appUrl, clock: later }),
    })
    await Promise.all([again.settle(), again.settle()])
    await again.stop()
    const told = await party.sql(`select 1 from journal where record_id = $1 and act = 'resident.clock'`, [id])
    expect(told).toHaveLength(1)
    expect(await stageOf(id)).toBe('PROMISED')
  })
})
