import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectNoErrors, startTestParty, type TestParty } from '@commonhall/harness'
import { workingMinutesBetween, chinaCalendar } from '@commonhall/shared/time'
import { createStreet } from '@commonhall/street'

import { createCommitteesSubgraph, migrateCommittees, seedCommittees } from '../src/subgraph.js'

const ANCHOR = new Date('2026-03-02T02:00:00Z')

/** SQL that must find nothing in a loaded street. */
const FAULTS: ReadonlyArray<readonly [string, string]> = [
  ['a total that differs from the triages it counts', 'select scope_id from grid_faults union all select scope_id from grid_spread_faults'],
  [
    'a row of another committee than its community says',
    `select t.id from triages t join communities c on c.id = t.community_id where c.owner_party_id <> t.owner_party_id`,
  ],
  ['a triage of an unknown matter', `select t.id from triages t left join matters m on m.id = t.suggestion_id where m.id is null`],
  [
    'a triage that supersedes an unknown one',
    `select t.id from triages t left join triages s on s.id = t.supersedes where t.supersedes is not null and s.id is null`,
  ],
  [
    'an addressed party nobody knows',
    `select t.id from triages t, unnest(t.to_ids) p(id) left join known_parties k on k.id = p.id where k.id is null`,
  ],
  [
    'a function item nobody knows',
    `select t.id from triages t left join known_functions f on f.id = t.function_item where t.function_item is not null and f.id is null`,
  ],
  ['a first triage without its minutes', `select id from triages where (supersedes is null) <> (minutes_to_triage is not null)`],
  [
    'an own handling without a triage SELF',
    `select h.id from committee_handlings h left join triages t on t.id = h.triage_id and t.route = 'SELF' where t.id is null`,
  ],
  [
    'a matter without a cell of its community',
    `select m.id from matters m left join cells c on c.id = m.cell_id and c.community_id = m.community_id where c.id is null`,
  ],
  [
    'a ledger entry of an unknown matter',
    `select e.id from ledger_entries e left join matters m on m.id = e.suggestion_id where m.id is null`,
  ],
  [
    'a manager who lives elsewhere',
    `select g.id from cell_managers g join cells c on c.id = g.cell_id left join known_parties k on k.id = g.holder and k.community_id = c.community_id where k.id is null`,
  ],
  [
    'a conference without its triage',
    `select c.id from joint_conferences c left join triages t on t.id = c.triage_id and t.route = 'JOINT_CONFERENCE' where t.id is null`,
  ],
  [
    'a triaged matter that is still new on the desk',
    `select m.id from matters m join triages t on t.suggestion_id = m.id where m.on_desk_since < t.at`,
  ],
  ['an event of the past that would be told again', `select seq from journal_unpublished`],
]

describe('the demo street', () => {
  let party: TestParty
  const street = createStreet({ anchor: ANCHOR, scale: 0.02 })
  let counts: Record<string, number>
  beforeAll(async () => {
    party = await startTestParty({ name: 'committees', migrate: migrateCommittees, create: createCommitteesSubgraph, now: ANCHOR })
    counts = await seedCommittees({ ownerUrl: party.database.ownerUrl, street, personaSubjects: {} })
  })
  afterAll(() => party.stop())

  it("has the source's numbers", () => {
    expect(counts).toMatchObject({ communities: 9, committees: 9, nets: 70, cells: 500, matters: 600, triage_items: 600 })
    expect(counts['known_parties']).toBe(8 + 162 + street.manifest.counts.residents)
    expect(counts['known_functions']).toBe(street.manifest.counts.functionItems)
  })

  it('is loaded once', async () => {
    expect(await seedCommittees({ ownerUrl: party.database.ownerUrl, street, personaSubjects: {} })).toEqual({})
  })

  it.each(FAULTS)('holds nothing like %s', async (_, query) => {
    expect(await party.sql(query)).toEqual([])
  })

  it('counts working minutes like the calendar of the community', async () => {
    const rows = await party.sql<{ created: Date; at: Date; minutes: number }>(
      `select m.created_at as created, t.at, t.minutes_to_triage as minutes from triages t join matters m on m.id = t.suggestion_id where t.supersedes is null`,
    )
    expect(rows.length).toBeGreaterThan(500)
    for (const { created, at, minutes } of rows) expect(minutes).toBe(workingMinutesBetween(created, at, chinaCalendar()))
  })

  it('is told of once where the clock has run out since, and never of the past', async () => {
    expect(await party.published()).toEqual([])
  })

  it('shows each committee its desk, and everybody the grid', async () => {
    let waiting = 0
    for (const { committee } of street.communities) {
      const query = `query ($id: ID!) { triageDesk(committee: $id, first: 100) { nodes { suggestion { id } triageBy } } }`
      const answer = await party.run(actors.cadre(committee.id), query, { id: committee.id })
      expectNoErrors(answer)
      waiting += answer.data.triageDesk.nodes.length
    }
    expect(waiting).toBe([...street.suggestions()].filter(({ desk }) => desk.clearedAt === null).length)
    const grid = `{ communities { grid(period: {from: "2025-03-01", to: "2026-03-01"}) { cells untriaged staffedCells { numerator } medianMinutesToTriage byChannel { count } } } }`
    const { data } = await party.run(actors.anonymous(), grid)
    const grids: Array<{ cells: number; untriaged: number; staffedCells: { numerator: number } }> = data.communities.map(
      ({ grid: one }: { grid: unknown }) => one,
    )
    expect(grids.reduce((sum, one) => sum + one.cells, 0)).toBe(500)
    expect(grids.reduce((sum, one) => sum + one.staffedCells.numerator, 0)).toBe(440)
    expect(grids.reduce((sum, one) => sum + one.untriaged, 0)).toBe(waiting)
  })
})
