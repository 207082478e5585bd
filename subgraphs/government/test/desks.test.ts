import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, expectRefusal, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import {
  ACCEPT,
  after,
  COMMUNITY,
  deskOf,
  DECLINE,
  INBOX,
  MONDAY,
  officer,
  otherOfficer,
  resident,
  route,
  SOCIAL,
  startGovernment,
  URBAN,
} from './case-party.data.js'

const ACCEPTED = { days: 5, clock: 'WORKING' }

describe("a department's desk", () => {
  let government: TestParty
  beforeAll(async () => {
    government = await startGovernment()
  })
  afterAll(() => government.stop())

  const suggestionsOn = async (actor = officer, filter: object = {}): Promise<string[]> =>
    (await deskOf(government, actor, { first: 100, ...filter })).map((item) => (item['suggestion'] as { id: string }).id)

  it('gets a place for every department that a triage addresses', async () => {
    const suggestion = await route(government, { to: [URBAN, SOCIAL] })
    const [item] = await deskOf(government, officer)
    expect(item).toMatchObject({
      suggestion: { id: suggestion },
      department: { id: URBAN },
      functionItem: { code: 'URB-014' },
      arrivedAt: MONDAY.toISOString(),
      answerBy: after(2).toISOString(),
      handling: null,
    })
    expect(await suggestionsOn(otherOfficer)).toEqual([suggestion])
  })

  it('takes the same triage once, however often it is told', async () => {
    const triage = newTypeId('trg')
    const suggestion = await route(government, { triage })
    await route(government, { suggestion, triage })
    expect((await suggestionsOn()).filter((id) => id === suggestion)).toHaveLength(1)
  })

  it('is read by its own officers only', async () => {
    const read = async (actor: Parameters<TestParty['run']>[0], department = URBAN) => {
      const { data, errors } = await government.run(actor, INBOX, { department })
      return data?.inbox === null ? errors[0]?.extensions?.['code'] : 'READ'
    }
    expect(await read(officer)).toBe('READ')
    expect(await read(actors.anonymous())).toBe('UNAUTHENTICATED')
    for (const actor of [
      otherOfficer,
      actors.resident('r'),
      actors.cadre(newTypeId('cmt')),
      actors.worker(newTypeId('npo')),
      actors.auditor(),
    ])
      expect(await read(actor)).toBe('FORBIDDEN')
    for (const department of ['', 'x', '\u0000', newTypeId('dep')]) expect(await read(officer, department)).toBe('FORBIDDEN')
  })

  it('gives an item by reference to its own officers, and nothing to anybody else', async () => {
    const [item] = await deskOf(government, officer)
    const find = async (actor: Parameters<TestParty['run']>[0], id: unknown) =>
      (
        await government.run(actor, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on InboxItem { id } } }`, {
          r: [{ __typename: 'InboxItem', id }],
        })
      ).data._entities[0]
    expect(await find(officer, item?.['id'])).toEqual({ id: item?.['id'] })
    for (const actor of [otherOfficer, actors.anonymous(), actors.cadre(newTypeId('cmt'))])
      expect(await find(actor, item?.['id'])).toBeNull()
    expect(await find(officer, 'inb_\u0000')).toBeNull()
  })

  it('tells the late from the timely by the clock alone', async () => {
    government.clock.set(after(2, 1))
    const late = await route(government, { answerBy: after(2) })
    const timely = await route(government, { answerBy: after(4) })
    expect(await suggestionsOn(officer, { overdue: true })).toContain(late)
    expect(await suggestionsOn(officer, { overdue: false })).toContain(timely)
    expect(await suggestionsOn(officer, { overdue: true })).not.toContain(timely)
    expectDone(await government.run(officer, ACCEPT, { input: { suggestion: late, promise: ACCEPTED } }))
    expect(await suggestionsOn(officer, { overdue: true })).not.toContain(late)
    government.clock.set(MONDAY)
  })

  it('keeps what was accepted until it is done, and drops what was declined', async () => {
    const [accepted, declined] = [await route(government), await route(government)]
    expectDone(await government.run(officer, ACCEPT, { input: { suggestion: accepted, promise: ACCEPTED } }))
    expectDone(await government.run(officer, DECLINE, { input: { suggestion: declined, reason: 'OTHER', explanation: '已列入明年计划' } }))
    expect(await suggestionsOn(officer, { answered: true })).toContain(accepted)
    expect(await suggestionsOn(officer, { answered: false })).not.toContain(accepted)
    expect(await suggestionsOn()).not.toContain(declined)
  })

  it('loses what the committee routes elsewhere before it was answered', async () => {
    const suggestion = await route(government)
    await route(government, { suggestion, to: [SOCIAL], at: after(1) })
    expect(await suggestionsOn()).not.toContain(suggestion)
    expect(await suggestionsOn(otherOfficer)).toContain(suggestion)
    const refusal = expectRefusal(await government.run(officer, ACCEPT, { input: { suggestion, promise: ACCEPTED } }), 'WRONG_STAGE')
    expect(refusal['message']).toContain('routed it elsewhere')
    await route(government, { suggestion, route: 'SELF', to: [], at: after(2) })
    expect(await suggestionsOn(otherOfficer)).not.toContain(suggestion)
    await route(government, { suggestion, to: [URBAN], at: after(3) })
    expectDone(await government.run(officer, ACCEPT, { input: { suggestion, promise: ACCEPTED } }))
  })

  it('keeps what was accepted when the committee routes it to others besides', async () => {
    const suggestion = await route(government)
    expectDone(await government.run(officer, ACCEPT, { input: { suggestion, promise: ACCEPTED } }))
    await route(government, { suggestion, route: 'NONPROFIT', to: [], at: after(1) })
    expect(await suggestionsOn(officer, { answered: true })).toContain(suggestion)
  })

  it('is not fooled by a triage that arrives after its successor', async () => {
    const suggestion = await route(government, { to: [SOCIAL], at: after(1) })
    await route(government, { suggestion, to: [URBAN], at: after(0) })
    expect(await suggestionsOn()).not.toContain(suggestion)
    expect(await suggestionsOn(otherOfficer)).toContain(suggestion)
  })

  it('loses what its author withdraws, also when the triage arrives later', async () => {
    const suggestion = await route(government)
    await resident.withdraws(government, suggestion)
    expect(await suggestionsOn()).not.toContain(suggestion)
    const unknown = newTypeId('sug')
    await resident.withdraws(government, unknown)
    await route(government, { suggestion: unknown })
    expect(await suggestionsOn()).not.toContain(unknown)
    expectRefusal(await government.run(officer, ACCEPT, { input: { suggestion: unknown, promise: ACCEPTED } }), 'WRONG_STAGE')
  })

  it('loses what was merged, with its promise', async () => {
    const suggestion = await route(government)
    expectDone(await government.run(officer, ACCEPT, { input: { suggestion, promise: ACCEPTED } }))
    const data = { suggestion, into: newTypeId('sug'), at: after(1).toISOString() }
    await government.tell({ source: 'residents', type: 'resident.suggestion.merged', subject: suggestion, data })
    expect(await suggestionsOn()).not.toContain(suggestion)
    const [row] = await government.sql<{ why: string }>(`select lapsed_why as why from case_handlings where suggestion_id = $1`, [
      suggestion,
    ])
    expect(row?.why).toBe('MERGED')
  })

  it('brings a reopened matter back to who explained a no, but not to who said it is not theirs', async () => {
    const suggestion = await route(government, { to: [URBAN, SOCIAL] })
    const decline = (actor: typeof officer, input: object) =>
      government.run(actor, DECLINE, { input: { suggestion, explanation: '说明', ...input } })
    expectDone(await decline(officer, { reason: 'NO_FUNDING' }))
    const [item] = await government.sql<{ id: string }>(`select id from function_items where code = 'URB-014'`)
    expectDone(await decline(otherOfficer, { reason: 'NOT_MY_FUNCTION', suggestedOwner: item?.id }))
    await resident.reopens(government, suggestion)
    expect(await suggestionsOn()).toContain(suggestion)
    expect(await suggestionsOn(otherOfficer)).not.toContain(suggestion)
  })

  it('gives pages that are complete although items come and go between them', async () => {
    government.clock.set(after(30))
    const expected = new Set<string>()
    for (let i = 0; i < 25; i++) expected.add(await route(government, { to: [SOCIAL], answerBy: after(40, i % 5) }))
    const seen: string[] = []
    let cursor: string | null = null
    for (let page = 0; page < 20; page++) {
      const answer = await government.run(otherOfficer, INBOX, { department: SOCIAL, first: 4, after: cursor })
      expectNoErrors(answer)
      const { nodes, pageInfo } = answer.data.inbox
      seen.push(...nodes.map((node: { suggestion: { id: string } }) => node.suggestion.id))
      // One arrives before the cursor, one that was seen leaves.
      await route(government, { to: [SOCIAL], answerBy: after(1) })
      const gone = seen[0]
      if (gone !== undefined) await resident.withdraws(government, gone)
      if (!pageInfo.hasNextPage) break
      cursor = pageInfo.endCursor
    }
    expect(new Set(seen).size).toBe(seen.length)
    for (const suggestion of expected) expect(seen).toContain(suggestion)
  })

  it('refuses pages and cursors that are none', async () => {
    const cursors = [
      'zzz',
      ...[[1], ['x', 'y'], [1e300, 'a'], [1, 2], [0, 'a\u0000']].map((keys) => Buffer.from(JSON.stringify(keys)).toString('base64url')),
    ]
    for (const variables of [{ first: 0 }, { first: 101 }, ...cursors.map((cursor) => ({ after: cursor }))]) {
      const answer = await government.run(officer, INBOX, { department: URBAN, ...variables })
      expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
    }
  })

  it('is one statement a page, with one more for each type beside it', async () => {
    const names = await government.statements(async () => {
      expectNoErrors(await government.run(officer, INBOX, { department: URBAN, first: 50 }))
    })
    expect(names.sort()).toEqual(['case_handlings.by_ids', 'departments.by_ids', 'function_items.by_ids', 'inbox_items.on_desk'])
  })

  it('cannot be written for another department, not even in SQL', async () => {
    const { database } = government.party
    const insert = `insert into inbox_items (id, owner_party_id, suggestion_id, community_id, triage_id, round, arrived_at, answer_by)
      values ('inb_x', '${SOCIAL}', 's', '${COMMUNITY}', 't', 0, now(), now())`
    await expect(database.transaction(URBAN, (tx) => tx.rows({ name: 'test.insert', text: insert }))).rejects.toThrow('row-level security')
    const update = {
      name: 'test.update',
      text: `update inbox_items set finished_at = now() where owner_party_id = '${SOCIAL}' returning id`,
    }
    expect(await database.transaction(URBAN, (tx) => tx.rows(update))).toEqual([])
    const resolve = {
      name: 'test.resolve',
      text: `update case_handlings set explanation = 'x' where owner_party_id = '${URBAN}' returning id`,
    }
    expect(await database.transaction(SOCIAL, (tx) => tx.rows(resolve))).toEqual([])
    expect(await database.read.rows({ name: 'test.read', text: 'select id from inbox_items' })).toEqual([])
  })
})
