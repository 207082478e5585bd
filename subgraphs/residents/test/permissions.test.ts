import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectRefusal, REFUSED, type TestActor, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { aResident, aSuggestion, helpers, inNorth, north, REGISTER, south, startResidents, story, SUBMIT, urban } from './residents.data.js'

const mutation = (name: string, input: string, type = 'Suggestion') =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${REFUSED} ... on ${type} { id } } }`
const RECORD = `mutation ($input: RecordSuggestionForInput!) { recordSuggestionFor(input: $input) { ${REFUSED}
  ... on Suggestion { id anonymous followCode enteredBy { id } author { id } assent { form witness } } } }`
const spoken = { form: 'SPOKEN_WITNESSED', at: '2026-03-02T01:00:00Z', witness: 'GRID_MEMBER' }

describe('the permission matrix', () => {
  let party: TestParty
  const who: Record<string, TestActor> = {}

  beforeAll(async () => {
    party = await startResidents()
    who['author'] = (await aResident(party, 'author')).actor
    who['neighbour'] = (await aResident(party, 'neighbour')).actor
    who['resident of another community'] = (await aResident(party, 'far', south)).actor
    who['person without a profile'] = actors.resident('new')
    who['anonymous'] = actors.anonymous()
    who['clerk'] = actors.clerk(north.committee)
    who['cadre'] = actors.cadre(north.committee)
    who['cadre of another community'] = actors.cadre(south.committee)
    who['officer'] = actors.officer(urban)
    who['worker'] = actors.worker(helpers)
    who['auditor'] = actors.auditor()
  })
  afterAll(() => party.stop())

  /** By actor: OK or the refusal; whoever is not named is refused as an office. */
  const OFFICE = { clerk: 'NOT_YOUR_FUNCTION', cadre: 'NOT_YOUR_FUNCTION', 'cadre of another community': 'NOT_YOUR_FUNCTION' }
  const offices = { ...OFFICE, officer: 'NOT_YOUR_FUNCTION', worker: 'NOT_YOUR_FUNCTION', auditor: 'NOT_YOUR_FUNCTION' }
  const strangers = { 'person without a profile': 'NOT_VERIFIED', anonymous: 'NOT_VERIFIED', ...offices }
  const authorOnly = { author: 'OK', neighbour: 'NOT_YOUR_RECORD', 'resident of another community': 'NOT_YOUR_RECORD', ...strangers }
  const MATRIX: Record<string, Record<string, string>> = {
    submit: { author: 'OK', neighbour: 'OK', 'resident of another community': 'NOT_ELIGIBLE', ...strangers },
    'submit anonymously': {
      ...{
        author: 'OK',
        neighbour: 'OK',
        'resident of another community': 'NOT_ELIGIBLE',
        'person without a profile': 'OK',
        anonymous: 'OK',
      },
      ...offices,
    },
    support: { author: 'ALREADY_DONE', neighbour: 'OK', 'resident of another community': 'NOT_ELIGIBLE', ...strangers },
    withdraw: authorOnly,
    rate: authorOnly,
    reopen: authorOnly,
    answer: authorOnly,
    contest: authorOnly,
    'record for': {
      ...Object.fromEntries(Object.keys({ ...authorOnly }).map((name) => [name, 'NOT_YOUR_FUNCTION'])),
      ...{ clerk: 'OK', cadre: 'OK', 'cadre of another community': 'NOT_YOUR_RECORD' },
    },
  }
  const cells = Object.entries(MATRIX).flatMap(([act, row]) =>
    Object.entries(row).map(([actor, outcome]) => [act, actor, outcome] as const),
  )

  /** Prepares an entry of the author for the act and performs it. */
  const perform = async (act: string, actor: TestActor) => {
    const entry = { kind: 'SUGGESTION', text: '路灯坏了', community: north.id }
    if (act === 'submit') return party.run(actor, SUBMIT, { input: { ...entry, channel: 'APP' } })
    if (act === 'submit anonymously') return party.run(actor, SUBMIT, { input: { ...entry, channel: 'APP', anonymous: true } })
    if (act === 'record for') return party.run(actor, RECORD, { input: { ...entry, channel: 'VISIT', assent: spoken } })
    const suggestion = await aSuggestion(party, who['author']!)
    const [handling, question] = [newTypeId('hdl'), newTypeId('cqu')]
    if (act === 'support') return party.run(actor, mutation('supportSuggestion', 'SupportSuggestionInput'), { input: { suggestion } })
    if (act === 'withdraw') return party.run(actor, mutation('withdrawSuggestion', 'WithdrawSuggestionInput'), { input: { suggestion } })
    if (act === 'contest') {
      await story(party, suggestion).duplicateOf(newTypeId('sug'))
      return party.run(actor, mutation('contestMerge', 'ContestMergeInput'), { input: { suggestion, reason: 'no' } })
    }
    await story(party, suggestion).accepted(handling)
    if (act === 'answer') {
      await story(party, suggestion).asked(handling, question)
      return party.run(actor, mutation('answerCaseQuestion', 'AnswerCaseQuestionInput', 'CaseAnswer'), { input: { question, text: 'yes' } })
    }
    await story(party, suggestion).resolved(handling)
    const input = act === 'rate' ? { suggestion, resolved: true, score: 5 } : { suggestion, reason: 'no' }
    return act === 'rate'
      ? party.run(actor, mutation('rateOutcome', 'RateOutcomeInput'), { input })
      : party.run(actor, mutation('reopenSuggestion', 'ReopenSuggestionInput'), { input })
  }

  it.each(cells)('%s: %s → %s', async (act, actor, outcome) => {
    const answer = await perform(act, who[actor]!)
    if (outcome === 'OK') expectDone(answer)
    else expectRefusal(answer, outcome)
  })

  it('names the committee that may enter for residents, and never the author', async () => {
    const record = expectRefusal(await perform('record for', who['cadre of another community']!), 'NOT_YOUR_RECORD')
    expect(record['party']).toMatchObject({ kind: 'COMMITTEE', id: north.committee })
    const rate = expectRefusal(await perform('rate', who['neighbour']!), 'NOT_YOUR_RECORD')
    expect(rate['party']).toEqual({ kind: 'RESIDENT', id: null, name: null })
  })
})

describe('profiles and entries for others', () => {
  let party: TestParty
  let resident: Awaited<ReturnType<typeof aResident>>
  const clerk = { ...actors.clerk(north.committee), purpose: 'CASE_HANDLING' }
  const record = (changes: Record<string, unknown> = {}) =>
    party.run(clerk, RECORD, {
      input: {
        kind: 'HELP_REQUEST',
        text: '老人需要送餐',
        community: north.id,
        channel: 'HOTLINE',
        assent: { form: 'RECORDED_CALL', at: '2026-03-02T01:00:00Z' },
        ...changes,
      },
    })

  beforeAll(async () => {
    party = await startResidents()
    resident = await aResident(party, 'resident')
  })
  afterAll(() => party.stop())

  it('opens one profile per person, also when asked many times at once', async () => {
    const person = actors.resident('eager')
    const input = { name: '王芳', birthYear: 1990, community: north.id }
    const answers = await Promise.all([1, 2, 3].map(() => party.run(person, REGISTER, { input })))
    const outcomes = answers.map((answer) => answer.data.registerResident.code ?? 'OK').sort()
    expect(outcomes).toEqual(['ALREADY_DONE', 'ALREADY_DONE', 'OK'])
    expect((await party.run(person, `{ me { name ageBand verification contact } }`)).data.me).toEqual({
      ...{ name: '王芳', ageBand: 'A30_44', verification: 'CONTACT', contact: null },
    })
    const told = (await party.published()).filter(({ type }) => type === 'resident.profile.registered')
    expect(JSON.stringify(told)).not.toMatch(/王芳|1990/)
  })

  it.each([
    ['an unknown community', { community: newTypeId('com') }, 'NOT_FOUND', 'community'],
    ['an unknown cell', { cell: newTypeId('cel') }, 'NOT_FOUND', 'cell'],
    ['a cell of another community', { cell: south.cell }, 'INVALID_INPUT', 'cell'],
    ['a birth year to come', { birthYear: 2030 }, 'INVALID_INPUT', 'birthYear'],
    ['a birth year of nobody alive', { birthYear: 1850 }, 'INVALID_INPUT', 'birthYear'],
    ['a blank name', { name: ' ' }, 'INVALID_INPUT', 'name'],
    ['an identity card number as contact', { contact: '11010519491231002X' }, 'FORBIDDEN_DATA', 'contact'],
  ])('refuses a profile with %s', async (_, changes, code, field) => {
    const answer = await party.run(actors.resident('hopeful'), REGISTER, { input: { community: north.id, ...changes } })
    expect(expectRefusal(answer, code)['field']).toBe(field)
    expectRefusal(await party.run(actors.anonymous(), REGISTER, { input: { community: north.id } }), 'NOT_VERIFIED')
  })

  it('enters for a resident with the trace of assent, and for an unknown person without a follow code', async () => {
    expect(expectDone(await record({ resident: resident.id, place: inNorth }))).toMatchObject({
      ...{ anonymous: false, enteredBy: { id: north.committee }, author: { id: resident.id }, assent: { form: 'RECORDED_CALL' } },
    })
    expect(expectDone(await record())).toMatchObject({ anonymous: true, author: null, followCode: null })
  })

  it.each([
    ['no assent', { assent: null }, 'ASSENT_MISSING', 'assent'],
    ['a spoken assent without a witness', { assent: { ...spoken, witness: ' ' } }, 'ASSENT_MISSING', 'assent.witness'],
    ['an assent from the future', { assent: { ...spoken, at: '2027-01-01T00:00:00Z' } }, 'INVALID_INPUT', 'assent.at'],
    ['an unknown person', { resident: newTypeId('res') }, 'NOT_FOUND', 'resident'],
    ['a malformed person', { resident: 'a\u0000b' }, 'NOT_FOUND', 'resident'],
    ['a channel of the person', { channel: 'APP' }, 'INVALID_INPUT', 'channel'],
    ['an unknown community', { community: newTypeId('com') }, 'NOT_FOUND', 'community'],
  ])('refuses to enter with %s', async (_, changes, code, field) => {
    expect(expectRefusal(await record(changes), code)['field']).toBe(field)
  })

  it('refuses to enter for a person of another community', async () => {
    const far = await aResident(party, 'far', south)
    expectRefusal(await record({ resident: far.id }), 'NOT_ELIGIBLE')
  })
})
