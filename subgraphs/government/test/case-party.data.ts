import { actors, startTestParty, type TestActor, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { createGovernmentSubgraph, migrateGovernment } from '../src/subgraph.js'

export const URBAN = newTypeId('dep', 1)
export const SOCIAL = newTypeId('dep', 2)
export const LAMPS = newTypeId('fun', 1)
export const ELDERS = newTypeId('fun', 2)
export const COMMUNITY = newTypeId('com', 1)
export const COMMITTEE = newTypeId('cmt', 1)
export const officer = actors.officer(URBAN)
export const otherOfficer = actors.officer(SOCIAL)
/** A Monday morning of Chongqing, 10:00. */
export const MONDAY = new Date('2026-03-02T02:00:00Z')

/** Two departments with one line of the function list each: lamps in 10 working days, elders in 10 calendar days. */
export const startGovernment = async (): Promise<TestParty> => {
  const government = await startTestParty({ name: 'government', migrate: migrateGovernment, create: createGovernmentSubgraph, now: MONDAY })
  for (const [id, code, zh, item, itemCode, clock] of [
    [URBAN, 'URBAN', '城管办', LAMPS, 'URB-014', 'WORKING'],
    [SOCIAL, 'SOCIAL', '社会事务办', ELDERS, 'SOC-001', 'CALENDAR'],
  ] as const)
    await government.sql(`begin; select set_config('hub.party', '${id}', true);
      insert into departments (id, code, name_zh, name_en, business_unit) values ('${id}', '${code}', '${zh}', '${code}', false);
      insert into function_items (id, owner_party_id, code, title_zh, title_en, list, supporting, legal_basis, respond_within_days,
        resolve_within_days, clock, keywords, valid_from) values ('${item}', '${id}', '${itemCode}', '${itemCode}', '${itemCode}', 'BASIC', '{}',
        '清单', 2, 10, '${clock}', '{}', '2020-01-01'); commit`)
  return government
}

/** Days of these tests, from the Monday. */
export const after = (days: number, hours = 0): Date => new Date(MONDAY.getTime() + days * 86_400_000 + hours * 3_600_000)

/** The committee's triage of a fresh suggestion; gives the suggestion's id. */
export const route = async (
  government: TestParty,
  options: {
    readonly suggestion?: string
    readonly to?: readonly string[]
    readonly functionItem?: string | null
    readonly answerBy?: Date
    readonly route?: string
    readonly triage?: string
    readonly at?: Date
  } = {},
): Promise<string> => {
  const suggestion = options.suggestion ?? newTypeId('sug')
  const at = options.at ?? government.clock.now()
  await government.tell({
    source: 'committees',
    type: 'committee.suggestion.triaged',
    subject: suggestion,
    data: {
      suggestion,
      triage: options.triage ?? newTypeId('trg'),
      committee: COMMITTEE,
      community: COMMUNITY,
      route: options.route ?? 'GOVERNMENT',
      to: (options.to ?? [URBAN]).map((id) => ({ kind: 'GOVERNMENT', id })),
      functionItem: options.functionItem === undefined ? LAMPS : options.functionItem,
      duplicateOf: null,
      answerBy: (options.answerBy ?? new Date(at.getTime() + 2 * 86_400_000)).toISOString(),
      bounces: 0,
      at: at.toISOString(),
    },
  })
  return suggestion
}

export const resident = {
  withdraws: (government: TestParty, suggestion: string) =>
    government.tell({
      source: 'residents',
      type: 'resident.suggestion.withdrawn',
      subject: suggestion,
      data: { suggestion, at: government.clock.now().toISOString() },
    }),
  reopens: (government: TestParty, suggestion: string, count = 1, toDesk = false) =>
    government.tell({
      source: 'residents',
      type: 'resident.suggestion.reopened',
      subject: suggestion,
      data: { suggestion, count, toDesk, at: government.clock.now().toISOString() },
    }),
  answers: (government: TestParty, suggestion: string, question: string) =>
    government.tell({
      source: 'residents',
      type: 'resident.case.answered',
      subject: suggestion,
      data: { suggestion, question, answer: newTypeId('can'), at: government.clock.now().toISOString() },
    }),
}

const HANDLING = `... on CaseHandling { id verdict reason explanation resolution resolvedAt at cost { amount currency }
  department { id } suggestion { id } suggestedOwner { code } progress { at text } questions { id text at pausedUntil }
  promise { firstDueAt dueAt days clock basis plan madeAt state keptAt extensions { dueAt why at } pauses { from to } } }`
const REFUSED = '__typename ... on Refusal { code message remedy field party { kind id name } }'
const mutation = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${REFUSED} ${HANDLING} } }`

export const ACCEPT = mutation('acceptCase', 'AcceptCaseInput')
export const DECLINE = mutation('declineCase', 'DeclineCaseInput')
export const REPORT = mutation('reportProgress', 'ReportProgressInput')
export const EXTEND = mutation('extendPromise', 'ExtendPromiseInput')
export const RESOLVE = mutation('resolveCase', 'ResolveCaseInput')
export const ASK = `mutation ($input: AskRequesterInput!) { askRequester(input: $input) { ${REFUSED} ... on CaseQuestion { id text at pausedUntil handling { id } } } }`
export const INBOX = `query ($department: ID!, $overdue: Boolean, $answered: Boolean, $first: Int, $after: String) {
  inbox(department: $department, overdue: $overdue, answered: $answered, first: $first, after: $after) {
    nodes { id overdue arrivedAt answerBy suggestion { id } department { id } functionItem { code } handling { id verdict } }
    pageInfo { hasNextPage endCursor } } }`
export const HANDLINGS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Suggestion { caseHandlings { id verdict at promise { state dueAt firstDueAt keptAt pauses { from to } } progress { text } questions { text } } } } }`

/** What everybody sees of the departments' answers to a suggestion. */
export const handlingsOf = async (government: TestParty, suggestion: string): Promise<Array<Record<string, unknown>>> =>
  (await government.run(actors.anonymous(), HANDLINGS, { r: [{ __typename: 'Suggestion', id: suggestion }] })).data._entities[0]
    .caseHandlings

/** What lies on a department's desk, as its officer sees it. */
export const deskOf = async (
  government: TestParty,
  actor: TestActor,
  filter: Record<string, unknown> = {},
): Promise<Array<Record<string, unknown>>> =>
  (await government.run(actor, INBOX, { department: actor.posts[0]?.partyId, ...filter })).data.inbox.nodes
