import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, expectRefusal, REFUSED } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { cadreOf, MONDAY, startSmallStreet, submit, waitingOf, type SmallStreet } from './street.data.js'

const TRIAGE = `mutation ($input: TriageSuggestionInput!) { triageSuggestion(input: $input) { ${REFUSED}
  ... on Triage { id route at answerBy note by { id } to { __typename id } functionItem { id } duplicateOf { id } supersedes { id } suggestion { id } } } }`

const MS_PER_DAY = 86_400_000

describe('triage', () => {
  let street: SmallStreet
  beforeAll(async () => {
    street = await startSmallStreet()
  })
  afterAll(() => street.party.stop())

  const triage = (input: Record<string, unknown>, actor = cadreOf(street)) => street.party.run(actor, TRIAGE, { input })
  const route = async (suggestion: string, input: Record<string, unknown> = {}) =>
    expectDone(await triage({ suggestion, route: 'GOVERNMENT', to: [street.urban], ...input }))
  const decline = (suggestion: string, department: string, reason = 'NOT_MY_FUNCTION', suggestedOwner: string | null = null) =>
    street.party.tell({
      type: 'government.case.declined',
      subject: suggestion,
      source: 'government',
      data: { suggestion, handling: newTypeId('csh'), department, reason, suggestedOwner, at: street.party.clock.now().toISOString() },
    })
  const accept = async (suggestion: string, department: string): Promise<string> => {
    const handling = newTypeId('csh')
    const at = street.party.clock.now().toISOString()
    const data = { suggestion, handling, department, firstDueAt: at, dueAt: at, at }
    await street.party.tell({ type: 'government.case.accepted', subject: suggestion, source: 'government', data })
    return handling
  }
  const waiting = (suggestion: string) => waitingOf(street, suggestion)

  it('routes to a department, starts its clock by the function item and tells the others', async () => {
    const suggestion = await submit(street)
    const done = await route(suggestion, { functionItem: street.lamps, note: '请尽快' })
    expect(done).toMatchObject({
      route: 'GOVERNMENT',
      by: { id: street.committee },
      to: [{ __typename: 'Department', id: street.urban }],
      functionItem: { id: street.lamps },
      supersedes: null,
      suggestion: { id: suggestion },
      // Three working days after Monday end on Thursday at 24:00 in Shanghai.
      answerBy: '2026-03-05T16:00:00.000Z',
    })
    const told = (await street.party.published()).filter(({ data }) => data['suggestion'] === suggestion)
    expect(told).toEqual([
      {
        type: 'committee.suggestion.triaged',
        subject: suggestion,
        data: expect.objectContaining({ triage: done['id'], to: [{ kind: 'GOVERNMENT', id: street.urban }], bounces: 0 }),
      },
    ])
    expect(await waiting(suggestion)).toEqual([])
  })

  it('gives five working days where no function item says otherwise', async () => {
    expect(await route(await submit(street))).toMatchObject({ answerBy: '2026-03-09T16:00:00.000Z' })
  })

  it.each([
    ['SELF', {}],
    ['GOVERNMENT', { to: ['urban', 'social'] }],
    ['NONPROFIT', { to: ['nonprofit'], functionItem: 'lamps' }],
    ['MEDIATION', { to: ['mediators'] }],
    ['JOINT_CONFERENCE', { to: ['urban', 'nonprofit'] }],
    ['ANSWERED', { note: '已当面解释。' }],
  ] as const)('knows the route %s', async (kind, parts) => {
    const names = street as unknown as Record<string, string>
    const { to, functionItem, ...rest } = parts as { to?: string[]; functionItem?: string }
    const input = {
      ...rest,
      to: to?.map((name) => names[name]),
      functionItem: functionItem === undefined ? undefined : names[functionItem],
    }
    const done = expectDone(await triage({ suggestion: await submit(street), route: kind, ...input }))
    expect(done['to']).toHaveLength(to?.length ?? 0)
  })

  it.each([
    ['GOVERNMENT', {}, 'INVALID_INPUT', 'to'],
    ['GOVERNMENT', { to: [] }, 'INVALID_INPUT', 'to'],
    ['GOVERNMENT', { to: ['nonprofit'] }, 'INVALID_INPUT', 'to'],
    ['GOVERNMENT', { to: [newTypeId('dep')] }, 'NOT_FOUND', 'to'],
    ['GOVERNMENT', { to: ['dep_\u0000'] }, 'NOT_FOUND', 'to'],
    ['GOVERNMENT', { to: ['resident'] }, 'NOT_FOUND', 'to'],
    ['GOVERNMENT', { to: ['urban'], functionItem: newTypeId('fun') }, 'NOT_FOUND', 'functionItem'],
    ['GOVERNMENT', { to: ['urban'], functionItem: 'permits' }, 'INVALID_INPUT', 'functionItem'],
    ['GOVERNMENT', { to: ['urban'], duplicateOf: newTypeId('sug') }, 'INVALID_INPUT', 'duplicateOf'],
    ['NONPROFIT', { to: ['urban'] }, 'INVALID_INPUT', 'to'],
    ['MEDIATION', { to: ['nonprofit'] }, 'NOT_ELIGIBLE', 'to'],
    ['SELF', { to: ['urban'] }, 'INVALID_INPUT', 'to'],
    ['SELF', { functionItem: 'permits' }, 'NOT_YOUR_FUNCTION', 'functionItem'],
    ['ANSWERED', {}, 'REASON_MISSING', 'note'],
    ['ANSWERED', { note: 'x'.repeat(2_001) }, 'INVALID_INPUT', 'note'],
    ['ANSWERED', { note: 'a\u0000b' }, 'INVALID_INPUT', 'note'],
    ['ANSWERED', { note: '他是个钉子户' }, 'FORBIDDEN_DATA', 'note'],
    ['DUPLICATE', {}, 'INVALID_INPUT', 'duplicateOf'],
    ['DUPLICATE', { duplicateOf: newTypeId('sug') }, 'NOT_FOUND', 'duplicateOf'],
    ['DUPLICATE', { duplicateOf: 'nonsense' }, 'NOT_FOUND', 'duplicateOf'],
  ] as const)('refuses %s with %j as %s', async (kind, parts, code, field) => {
    const names = street as unknown as Record<string, string>
    const suggestion = await submit(street)
    const { to, functionItem, ...rest } = parts as { to?: string[]; functionItem?: string }
    const input = {
      ...rest,
      to: to?.map((name) => names[name] ?? name),
      functionItem: functionItem === undefined ? undefined : (names[functionItem] ?? functionItem),
    }
    expect(expectRefusal(await triage({ suggestion, route: kind, ...input }), code)).toMatchObject({ field })
    expect(await waiting(suggestion)).toHaveLength(1)
  })

  it.each(['', 'sug_', '\u0000', 'x'.repeat(9_000), newTypeId('sug'), newTypeId('trg')])(
    'does not know a made-up suggestion (%#)',
    async (suggestion) => {
      expectRefusal(await triage({ suggestion, route: 'SELF' }), 'NOT_FOUND')
    },
  )

  it('lets a TAKEN_BACK item go to its owner', async () => {
    const done = await route(await submit(street), { to: [street.social], functionItem: street.permits })
    expect(done).toMatchObject({ functionItem: { id: street.permits } })
  })

  it('supersedes only when somebody said no, came back, or stayed silent past the limit', async () => {
    const suggestion = await submit(street)
    const first = await route(suggestion)
    expectRefusal(await triage({ suggestion, route: 'SELF' }), 'WRONG_STAGE')
    await decline(suggestion, street.urban, 'NO_CAPACITY')
    const second = await route(suggestion, { to: [street.social] })
    expect(second).toMatchObject({ supersedes: { id: first['id'] } })
    expectRefusal(await triage({ suggestion, route: 'SELF' }), 'WRONG_STAGE')
    street.party.clock.advanceMs(8 * MS_PER_DAY)
    expect(expectDone(await triage({ suggestion, route: 'SELF' }))).toMatchObject({ supersedes: { id: second['id'] } })
    street.party.clock.set(MONDAY)
    const answer = await street.party.run(
      actors.anonymous(),
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Suggestion { triage { route } triageHistory { route } } } }`,
      { r: [{ __typename: 'Suggestion', id: suggestion }] },
    )
    expect(answer.data._entities[0]).toEqual({
      triage: { route: 'SELF' },
      triageHistory: [{ route: 'SELF' }, { route: 'GOVERNMENT' }, { route: 'GOVERNMENT' }],
    })
  })

  it('does not take a matter away from somebody who accepted it', async () => {
    const suggestion = await submit(street)
    await route(suggestion, { to: [street.urban, street.social] })
    await accept(suggestion, street.urban)
    await decline(suggestion, street.social)
    expect(await waiting(suggestion)).toEqual([])
    expectRefusal(await triage({ suggestion, route: 'SELF' }), 'WRONG_STAGE')
  })

  it('brings a bounce back to the desk with the owner it names, and after two leaves a conference or the committee itself', async () => {
    const suggestion = await submit(street)
    await route(suggestion)
    await decline(suggestion, street.urban, 'NOT_MY_FUNCTION', street.permits)
    expect(await waiting(suggestion)).toMatchObject([{ bounces: 1, proposedItem: { id: street.permits } }])
    await route(suggestion, { to: [street.social] })
    await decline(suggestion, street.social)
    expect(await waiting(suggestion)).toMatchObject([{ bounces: 2 }])
    const refusal = expectRefusal(await triage({ suggestion, route: 'GOVERNMENT', to: [street.urban] }), 'WRONG_STAGE')
    expect(refusal).toMatchObject({ field: 'route', remedy: expect.stringContaining('JOINT_CONFERENCE') })
    expectDone(await triage({ suggestion, route: 'JOINT_CONFERENCE', to: [street.urban, street.social] }))
    const told = (await street.party.published()).filter(({ type, subject }) => type.includes('conference') && subject === suggestion)
    expect(told).toMatchObject([{ data: { calledByRule: true, holdBy: '2026-03-09T16:00:00.000Z' } }])
    const answer = await street.party.run(
      actors.anonymous(),
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Suggestion { conference { calledByRule by { id } suggestion { id } } } } }`,
      { r: [{ __typename: 'Suggestion', id: suggestion }] },
    )
    expect(answer.data._entities[0].conference).toEqual({
      calledByRule: true,
      by: { id: street.committee },
      suggestion: { id: suggestion },
    })
  })

  it('routes what a conference settled, without waiting for a limit to pass', async () => {
    const suggestion = await submit(street)
    for (const department of [street.urban, street.social]) {
      await route(suggestion, { to: [department] })
      await decline(suggestion, department)
    }
    const conference = expectDone(await triage({ suggestion, route: 'JOINT_CONFERENCE', to: [street.urban, street.social] }))
    street.party.clock.advanceMs(MS_PER_DAY)
    const settled = await route(suggestion, { to: [street.urban], functionItem: street.lamps })
    expect(settled).toMatchObject({ route: 'GOVERNMENT', supersedes: { id: conference['id'] } })
    expectRefusal(await triage({ suggestion, route: 'GOVERNMENT', to: [street.social] }), 'WRONG_STAGE')
    await decline(suggestion, street.urban)
    expect(await waiting(suggestion)).toMatchObject([{ bounces: 3 }])
    await route(suggestion, { to: [street.social] })
    street.party.clock.set(MONDAY)
  })

  it('counts a late no of a superseded triage, but leaves the matter where it went', async () => {
    const suggestion = await submit(street)
    await route(suggestion)
    street.party.clock.advanceMs(8 * MS_PER_DAY)
    await route(suggestion, { to: [street.social] })
    await decline(suggestion, street.urban)
    street.party.clock.set(MONDAY)
    expect(await waiting(suggestion)).toEqual([])
  })

  it('refuses a duplicate of itself, of another community, of a closed entry and of its own duplicate', async () => {
    const [a, b, c] = [await submit(street), await submit(street), await submit(street)]
    const elsewhere = await submit(street, { community: street.otherCommunity })
    const duplicate = (suggestion: string, duplicateOf: string) => triage({ suggestion, route: 'DUPLICATE', duplicateOf })
    expectRefusal(await duplicate(a, a), 'INVALID_INPUT')
    expectRefusal(await duplicate(a, elsewhere), 'NOT_ELIGIBLE')
    expect(expectDone(await duplicate(b, a))).toMatchObject({ duplicateOf: { id: a } })
    expectRefusal(await duplicate(a, b), 'WRONG_STAGE')
    await street.party.tell({
      type: 'resident.suggestion.withdrawn',
      subject: c,
      source: 'residents',
      data: { suggestion: c, at: MONDAY.toISOString() },
    })
    expectRefusal(await duplicate(a, c), 'WRONG_STAGE')
    expectRefusal(await triage({ suggestion: c, route: 'SELF' }), 'WRONG_STAGE')
    expect(await waiting(c)).toEqual([])
  })

  it('routes a duplicate anew when its original was withdrawn or its merge contested', async () => {
    const [original, stranded, contested] = [await submit(street), await submit(street), await submit(street)]
    const at = MONDAY.toISOString()
    for (const suggestion of [stranded, contested]) expectDone(await triage({ suggestion, route: 'DUPLICATE', duplicateOf: original }))
    const data = { suggestion: contested, into: original, at }
    await street.party.tell({ type: 'resident.suggestion.merge_contested', subject: contested, source: 'residents', data })
    expect(await waiting(contested)).toHaveLength(1)
    await street.party.tell({
      type: 'resident.suggestion.withdrawn',
      subject: original,
      source: 'residents',
      data: { suggestion: original, at },
    })
    await route(stranded)
    await route(contested)
  })

  it('puts a second reopening on the desk, and gives the same handlers a new limit at the first', async () => {
    const suggestion = await submit(street)
    await route(suggestion)
    const handling = await accept(suggestion, street.urban)
    const at = MONDAY.toISOString()
    const done = { suggestion, handling, department: street.urban, at }
    await street.party.tell({ type: 'government.case.resolved', subject: suggestion, source: 'government', data: done })
    street.party.clock.advanceMs(1_000)
    const reopen = (count: number, toDesk: boolean) =>
      street.party.tell({
        type: 'resident.suggestion.reopened',
        subject: suggestion,
        source: 'residents',
        data: { suggestion, count, toDesk, at: street.party.clock.now().toISOString() },
      })
    await reopen(1, false)
    expect(await waiting(suggestion)).toEqual([])
    expectRefusal(await triage({ suggestion, route: 'SELF' }), 'WRONG_STAGE')
    await reopen(2, true)
    street.party.clock.set(MONDAY)
    expect(await waiting(suggestion)).toHaveLength(1)
    await route(suggestion, { to: [street.social] })
  })

  it('lets the committee step in when the handler stays silent after a reopening', async () => {
    const suggestion = await submit(street)
    await route(suggestion)
    const handling = await accept(suggestion, street.urban)
    const done = { suggestion, handling, department: street.urban, at: MONDAY.toISOString() }
    await street.party.tell({ type: 'government.case.resolved', subject: suggestion, source: 'government', data: done })
    street.party.clock.advanceMs(20 * MS_PER_DAY)
    const data = { suggestion, count: 1, toDesk: false, at: street.party.clock.now().toISOString() }
    await street.party.tell({ type: 'resident.suggestion.reopened', subject: suggestion, source: 'residents', data })
    expectRefusal(await triage({ suggestion, route: 'SELF' }), 'WRONG_STAGE')
    street.party.clock.advanceMs(10 * MS_PER_DAY)
    expectDone(await triage({ suggestion, route: 'SELF' }))
    street.party.clock.set(MONDAY)
  })

  it('lets two cadres decide at once only one after the other', async () => {
    const suggestion = await submit(street)
    const answers = await Promise.all(Array.from({ length: 6 }, () => triage({ suggestion, route: 'GOVERNMENT', to: [street.urban] })))
    answers.forEach(expectNoErrors)
    const kinds = answers.map(({ data }) => data.triageSuggestion.__typename).sort()
    expect(kinds).toEqual(['Refusal', 'Refusal', 'Refusal', 'Refusal', 'Refusal', 'Triage'])
  })

  it('gives the first result again for the same key, and refuses the key with another input', async () => {
    const input = { suggestion: await submit(street), route: 'SELF', clientKey: 'once' }
    const first = expectDone(await triage(input))
    expect(expectDone(await triage(input))['id']).toBe(first['id'])
    expectRefusal(await triage({ ...input, route: 'ANSWERED' }), 'KEY_REUSED')
    expect((await street.party.published()).filter(({ data }) => data['triage'] === first['id'])).toHaveLength(1)
  })

  it('loses no fact that comes before the submission, and takes an event that comes twice once', async () => {
    const suggestion = newTypeId('sug')
    const at = MONDAY.toISOString()
    const event = { type: 'resident.suggestion.withdrawn', subject: suggestion, source: 'residents', data: { suggestion, at } } as const
    await street.party.tell(event)
    expectRefusal(await triage({ suggestion, route: 'SELF' }), 'NOT_FOUND')
    const submitted = {
      type: 'resident.suggestion.submitted',
      subject: suggestion,
      source: 'residents',
      data: {
        ...{ suggestion, number: 'N', kind: 'PRAISE', community: street.community, cell: null, channel: 'WEB', anonymous: true },
        ...{ createdAt: at, proposedItem: null },
      },
    } as const
    await street.party.tell(submitted)
    await street.party.tell(submitted)
    expect(await waiting(suggestion)).toEqual([])
    expectRefusal(await triage({ suggestion, route: 'SELF' }), 'WRONG_STAGE')
  })

  it('answers for 100 suggestions with one statement per field, and for 100 triages with one', async () => {
    const suggestion = await submit(street)
    const { id } = await route(suggestion)
    await street.party.settle()
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Triage { route } ... on Suggestion {
      triage { id to { id } functionItem { id } } triageHistory { id } conference { id } committeeHandling { id } ledgerEntry { id } } } }`
    const ask = (r: object[]) =>
      street.party.statements(async () => {
        const answer = await street.party.run(actors.anonymous(), query, { r })
        expectNoErrors(answer)
        expect(answer.data._entities).toHaveLength(100)
      })
    const suggestions = Array.from({ length: 100 }, (_, n) => ({ __typename: 'Suggestion', id: n === 0 ? suggestion : newTypeId('sug') }))
    expect((await ask(suggestions)).sort()).toEqual([
      'committee_handlings.latest',
      'joint_conferences.latest',
      'ledger_entries.latest',
      'triages.history',
      'triages.latest',
    ])
    expect(await ask(Array.from({ length: 100 }, () => ({ __typename: 'Triage', id })))).toEqual(['triages.by_ids'])
  })
})
