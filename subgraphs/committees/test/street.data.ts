import { actors, expectNoErrors, startTestParty, type TestAnswer, type TestParty } from '@commonhall/harness'
import type { Party, PartyDeps } from '@commonhall/shared/subgraph'
import { newTypeId } from '@commonhall/shared/typeid'

import { createCommitteesSubgraph, migrateCommittees } from '../src/subgraph.js'

/** A Monday morning in Shanghai; Tuesday is the next working day. */
export const MONDAY = new Date('2026-03-02T02:00:00Z')

const RULES = {
  proposalThresholdShare: 0.03,
  gatheringDays: 90,
  answerWithinDays: 5,
  decideTaskWithinDays: 15,
  reopenWithinDays: 30,
  maxExtensions: 2,
  bouncesToConference: 2,
  smallestGroup: 5,
  workingCalendar: 'https://calendar.example/days.ics',
  timeZone: 'Asia/Shanghai',
}

/** One community with a net and two cells, and its neighbour. */
export interface SmallStreet {
  readonly party: TestParty
  /** Another process of the same party on the same databases. */
  readonly startAgain: () => Promise<Party>
  readonly community: string
  readonly committee: string
  readonly otherCommunity: string
  readonly otherCommittee: string
  readonly net: string
  readonly cell: string
  readonly otherCell: string
  readonly urban: string
  readonly social: string
  readonly nonprofit: string
  readonly mediators: string
  /** BASIC, of urban; 3 working days to answer, 10 to resolve. */
  readonly lamps: string
  /** TAKEN_BACK, of social. */
  readonly permits: string
  readonly resident: string
}

const square = (x: number, y: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + 0.01, y],
      [x + 0.01, y + 0.01],
      [x, y + 0.01],
      [x, y],
    ],
  ],
})

/** Runs SQL as the owner for one party, since row security holds for the owner too. */
export const sqlAs = async (party: TestParty, partyId: string, text: string): Promise<void> => {
  await party.sql(`begin; select set_config('hub.party', '${partyId}', true); ${text}; commit`)
}

const settle = async (party: TestParty, committee: string, community: string, number: number, name: string): Promise<void> => {
  const census = JSON.stringify([
    { band: 'A60_74', people: 120 },
    { band: 'UNDER_18', people: 3 },
  ])
  await sqlAs(
    party,
    committee,
    `insert into committees (id, community_id, name_zh, name_en) values ('${committee}', '${community}', '${name}居委会', '${name} committee');
     insert into communities (id, owner_party_id, number, name_zh, name_en, boundary, census, models, rules)
     values ('${community}', '${committee}', ${number}, '${name}', '${name}', null, '${census}', '{green}', '${JSON.stringify(RULES)}')`,
  )
}

const addCell = (party: TestParty, keys: { cell: string; net: string; community: string; committee: string }, x: number): Promise<void> =>
  sqlAs(
    party,
    keys.committee,
    `insert into nets (id, owner_party_id, community_id, number) values ('${keys.net}', '${keys.committee}', '${keys.community}', 1)
       on conflict do nothing;
     insert into cells (id, owner_party_id, community_id, net_id, number, boundary)
     values ('${keys.cell}', '${keys.committee}', '${keys.community}', '${keys.net}', ${Math.round(x * 100)}, '${JSON.stringify(square(x, 0))}');
     insert into buildings (id, owner_party_id, cell_id, name_zh, name_en, households, has_group, has_building_committee)
     values ('${newTypeId('bui')}', '${keys.committee}', '${keys.cell}', '一栋', 'No. 1', 100, false, true)`,
  )

const tellOfParties = async (party: TestParty, street: Omit<SmallStreet, 'party' | 'startAgain'>): Promise<void> => {
  const { urban, social, nonprofit, mediators, lamps, permits, resident, community } = street
  const name = { zh: '甲', en: 'A' }
  for (const [department, code] of [
    [urban, 'URBAN'],
    [social, 'SOCIAL'],
  ] as const)
    await party.tell({
      type: 'government.department.published',
      subject: department,
      source: 'government',
      data: { department, code, name },
    })
  const item = { title: name, ownerName: name, respondWithin: 3, resolveWithin: 10, clock: 'WORKING' as const, keywords: [] }
  for (const line of [
    { item: lamps, code: 'URB-014', list: 'BASIC' as const, owner: urban },
    { item: permits, code: 'SOC-001', list: 'TAKEN_BACK' as const, owner: social },
  ])
    await party.tell({ type: 'government.function.published', subject: line.item, source: 'government', data: { ...item, ...line } })
  for (const [id, form] of [
    [nonprofit, 'VOLUNTEER_ORGANIZATION'],
    [mediators, 'MEDIATION_BODY'],
  ] as const)
    await party.tell({ type: 'nonprofit.profile.registered', subject: id, source: 'nonprofits', data: { nonprofit: id, name, form } })
  await party.tell({ type: 'resident.profile.registered', subject: resident, source: 'residents', data: { resident, community } })
}

/** Starts the committees with two communities and the directory of the other parties. */
export const startSmallStreet = async (): Promise<SmallStreet> => {
  const started: PartyDeps[] = []
  const create = (deps: PartyDeps): Promise<Party> => {
    started.push(deps)
    return createCommitteesSubgraph(deps)
  }
  const party = await startTestParty({ name: 'committees', migrate: migrateCommittees, create, now: MONDAY })
  const id = (prefix: string, n: number): string => newTypeId(prefix, 1_000 + n)
  const street = {
    community: id('com', 1),
    committee: id('cmt', 1),
    otherCommunity: id('com', 2),
    otherCommittee: id('cmt', 2),
    net: id('net', 1),
    cell: id('cel', 1),
    otherCell: id('cel', 2),
    urban: id('dep', 1),
    social: id('dep', 2),
    nonprofit: id('npo', 1),
    mediators: id('npo', 2),
    lamps: id('fun', 1),
    permits: id('fun', 2),
    resident: id('res', 1),
  }
  await settle(party, street.committee, street.community, 1, '东村')
  await settle(party, street.otherCommittee, street.otherCommunity, 2, '西村')
  await addCell(party, street, 0.01)
  await addCell(
    party,
    { cell: street.otherCell, net: id('net', 2), community: street.otherCommunity, committee: street.otherCommittee },
    0.05,
  )
  await tellOfParties(party, street)
  return { party, startAgain: () => createCommitteesSubgraph(started[0]!), ...street }
}

/** A resident submits; gives the suggestion's id. It lies on the committee's desk then. */
export const submit = async (
  street: SmallStreet,
  details: { community?: string; channel?: string; kind?: string; at?: Date } = {},
): Promise<string> => {
  const at = details.at ?? street.party.clock.now()
  const suggestion = newTypeId('sug', at.getTime())
  await street.party.tell({
    type: 'resident.suggestion.submitted',
    subject: suggestion,
    source: 'residents',
    data: {
      suggestion,
      number: suggestion.slice(-6),
      kind: details.kind ?? 'COMPLAINT',
      community: details.community ?? street.community,
      cell: details.community === undefined ? street.cell : null,
      channel: details.channel ?? 'APP',
      anonymous: false,
      createdAt: at.toISOString(),
      proposedItem: street.lamps,
    },
  })
  return suggestion
}

/** A cadre of the small street's first committee. */
export const cadreOf = (street: SmallStreet) => actors.cadre(street.committee)

const DESK = `query ($committee: ID!, $filter: TriageDeskFilter, $first: Int, $after: String) {
  triageDesk(committee: $committee, filter: $filter, first: $first, after: $after) {
    nodes { id state bounces arrivedAt triageBy suggestion { id } proposedItem { id } } pageInfo { hasNextPage endCursor } } }`

/** One place on the desk, as its people read it. */
export interface DeskNode {
  readonly id: string
  readonly state: string
  readonly bounces: number
  readonly arrivedAt: string
  readonly triageBy: string
  readonly suggestion: { readonly id: string }
  readonly proposedItem: { readonly id: string } | null
}

/** All pages of the first committee's desk, read by its cadre. */
export const readDesk = async (street: SmallStreet, filter: object = {}, first = 100): Promise<DeskNode[]> => {
  const nodes: DeskNode[] = []
  for (let after: string | null = null; ;) {
    const answer: TestAnswer = await street.party.run(cadreOf(street), DESK, { committee: street.committee, filter, first, after })
    expectNoErrors(answer)
    const page = answer.data.triageDesk
    nodes.push(...page.nodes)
    if (!page.pageInfo.hasNextPage) return nodes
    after = page.pageInfo.endCursor
  }
}

/** Where a suggestion waits on the desk now: at most one place. */
export const waitingOf = async (street: SmallStreet, suggestion: string): Promise<DeskNode[]> =>
  (await readDesk(street)).filter((node) => node.suggestion.id === suggestion)
