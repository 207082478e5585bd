import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, expectRefusal, REFUSED } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { cadreOf, MONDAY, startSmallStreet, submit, type SmallStreet } from './street.data.js'

const ASSIGN = `mutation ($input: AssignCellManagerInput!) { assignCellManager(input: $input) { ${REFUSED}
  ... on Cell { id staffed managers { role holder { id } since until } } } }`
const END = `mutation ($input: EndAssignmentInput!) { endAssignment(input: $input) { ${REFUSED} ... on Cell { id managers { until } } } }`
const VISIT = `mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { ${REFUSED} ... on Visit { id by households note cell { id } } } }`
const GRID = `query ($period: PeriodInput!) { communities { number grid(period: $period) { cells untriaged medianMinutesToTriage
  staffedCells { value numerator denominator formula } visitedHouseholds { value suppressed } byChannel { channel count } } } }`
const ROLES = ['BUILDING_DIRECTOR', 'GRID_MEMBER', 'DAY_INSPECTOR', 'NIGHT_INSPECTOR', 'UNIT_SECURITY']
const MARCH = { from: '2026-03-01', to: '2026-03-31' }

describe('the grid', () => {
  let street: SmallStreet
  beforeAll(async () => {
    street = await startSmallStreet()
  })
  afterAll(() => street.party.stop())

  const act = (mutation: string, input: Record<string, unknown>) => street.party.run(cadreOf(street), mutation, { input })
  const assign = (role: string, details: Record<string, unknown> = {}) =>
    act(ASSIGN, { cell: street.cell, role, resident: street.resident, since: '2026-03-01', ...details })

  it('counts a cell as staffed when every needed role is filled', async () => {
    for (const role of ROLES.slice(0, 4)) expect(expectDone(await assign(role))).toMatchObject({ staffed: false })
    expect(expectDone(await assign(ROLES[4]!))).toMatchObject({ staffed: true, managers: expect.arrayContaining([expect.anything()]) })
    const told = (await street.party.published()).filter(({ type }) => type === 'committee.cell.assigned')
    expect(told).toHaveLength(5)
  })

  it('refuses a role that is filled, a stranger, a resident of elsewhere and an impossible date', async () => {
    const away = newTypeId('res')
    await street.party.tell({
      type: 'resident.profile.registered',
      subject: away,
      source: 'residents',
      data: { resident: away, community: street.otherCommunity },
    })
    expectRefusal(await assign('GRID_MEMBER'), 'ALREADY_DONE')
    expectRefusal(await assign('GRID_MEMBER', { resident: away }), 'NOT_ELIGIBLE')
    expectRefusal(await assign('GRID_MEMBER', { resident: newTypeId('res') }), 'NOT_FOUND')
    expectRefusal(await assign('GRID_MEMBER', { resident: '\u0000' }), 'NOT_FOUND')
    expectRefusal(await assign('GRID_MEMBER', { cell: 'x' }), 'NOT_FOUND')
    expectRefusal(await assign('GRID_MEMBER', { since: '1000-01-01' }), 'INVALID_INPUT')
    expectRefusal(await assign('GRID_MEMBER', { since: '9999-01-01' }), 'INVALID_INPUT')
    const other = newTypeId('res')
    const data = { resident: other, community: street.community }
    await street.party.tell({ type: 'resident.profile.registered', subject: other, source: 'residents', data })
    expectRefusal(await assign('GRID_MEMBER', { resident: other }), 'WRONG_STAGE')
  })

  it('ends a role on its last day, after which the cell lacks it', async () => {
    const end = (until: string) => act(END, { cell: street.cell, role: 'DAY_INSPECTOR', until })
    expectRefusal(await end('2026-02-01'), 'INVALID_INPUT')
    expectDone(await end('2026-03-20'))
    expectRefusal(await end('2026-03-21'), 'NOT_FOUND')
    const staffedOn = async (to: string): Promise<number> => {
      const { data } = await street.party.run(actors.anonymous(), GRID, { period: { from: '2026-03-01', to } })
      return data.communities[0].grid.staffedCells.numerator
    }
    expect([await staffedOn('2026-03-20'), await staffedOn('2026-03-21')]).toEqual([1, 0])
    expectRefusal(await assign('DAY_INSPECTOR', { since: '2026-03-20' }), 'ALREADY_DONE')
    expectDone(await assign('DAY_INSPECTOR', { since: '2026-03-21' }))
  })

  it('records rounds and shows the note to its own people alone', async () => {
    const visit = { cell: street.cell, at: '2026-03-02T01:00:00Z', by: 'GRID_MEMBER', households: 30, note: '二楼漏水' }
    const done = expectDone(await act(VISIT, visit))
    expect(done).toMatchObject({ note: '二楼漏水', cell: { id: street.cell } })
    const query = `query ($id: ID!, $p: PeriodInput!) { cell(id: $id) { visits(period: $p) { nodes { id note } } } }`
    const { data } = await street.party.run(actors.anonymous(), query, { id: street.cell, p: MARCH })
    expect(data.cell.visits.nodes).toEqual([{ id: done['id'], note: null }])
    expectRefusal(await act(VISIT, { ...visit, at: '2026-03-02T03:00:00Z' }), 'INVALID_INPUT')
    expectRefusal(await act(VISIT, { ...visit, at: '2020-03-02T03:00:00Z' }), 'INVALID_INPUT')
    expectRefusal(await act(VISIT, { ...visit, households: 0 }), 'INVALID_INPUT')
    expectRefusal(await act(VISIT, { ...visit, note: 'x'.repeat(2_001) }), 'INVALID_INPUT')
    expectRefusal(await act(VISIT, { ...visit, note: '他是刑满释放人员' }), 'FORBIDDEN_DATA')
    expectRefusal(await act(VISIT, { ...visit, cell: newTypeId('cel') }), 'NOT_FOUND')
  })

  it('pages the rounds of a cell without loss or repetition', async () => {
    for (let n = 0; n < 6; n++)
      expectDone(
        await act(VISIT, {
          cell: street.cell,
          at: new Date(MONDAY.getTime() - n * 60_000).toISOString(),
          by: 'GRID_MEMBER',
          households: 5,
        }),
      )
    const query = `query ($id: ID!, $p: PeriodInput!, $after: String) { cell(id: $id) {
      visits(period: $p, first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }`
    const seen: string[] = []
    for (let after: string | null = null, hasNext = true; hasNext;) {
      const { data } = await street.party.run(actors.anonymous(), query, { id: street.cell, p: MARCH, after })
      seen.push(...data.cell.visits.nodes.map(({ id }: { id: string }) => id))
      ;({ endCursor: after, hasNextPage: hasNext } = data.cell.visits.pageInfo)
    }
    expect(new Set(seen).size).toBe(7)
    expect(seen).toHaveLength(7)
  })

  it('computes the indicator of all communities in one statement', async () => {
    const triage = `mutation ($input: TriageSuggestionInput!) { triageSuggestion(input: $input) { ${REFUSED} ... on Triage { id } } }`
    for (const [n, channel] of ['APP', 'APP', 'VISIT'].entries()) {
      const suggestion = await submit(street, { channel, at: new Date(MONDAY.getTime() - (n + 1) * 10 * 60_000) })
      expectDone(await act(triage, { suggestion, route: 'SELF' }))
    }
    await submit(street)
    const names = await street.party.statements(async () => {
      const answer = await street.party.run(actors.anonymous(), GRID, { period: MARCH })
      expectNoErrors(answer)
      const [own, other] = answer.data.communities
      expect(own.grid).toEqual({
        cells: 1,
        untriaged: 1,
        medianMinutesToTriage: 20,
        staffedCells: { value: 1, numerator: 1, denominator: 1, formula: 'I7.staffedCells/1' },
        visitedHouseholds: { value: 0.6, suppressed: false },
        byChannel: [
          { channel: 'APP', count: 2 },
          { channel: 'VISIT', count: 1 },
        ],
      })
      expect(other.grid).toMatchObject({ cells: 1, untriaged: 0, medianMinutesToTriage: null, byChannel: [] })
    })
    expect(names).toEqual(['communities.all', 'grid_indicator.figures'])
  })

  it.each([
    { from: '2026-03-31', to: '2026-03-01' },
    { from: '2010-01-01', to: '2026-03-01' },
  ])('refuses the period %j', async (period) => {
    const answer = await street.party.run(actors.anonymous(), GRID, { period })
    expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
  })
})
