import { describe, expect, it } from '@jest/globals'
import { checkCharter } from './check-charter.js'
import { charterFiles, charterOf, committeesSdl, residentsSdl } from './check-charter.data.js'
import { FINDING_CODES, formatFinding } from './findings.js'
import type { Finding, FindingCode } from './findings.js'

interface Change {
  readonly in: 'residents' | 'committees' | 'charter/residents' | 'charter/committees'
  readonly from: string
  readonly to: string
}

/** The findings after changes to the honest schemas or files. A change whose text is not there is the test's own mistake. */
function findingsAfter(...changes: Change[]): Finding[] {
  const texts: Record<string, string> = {
    residents: residentsSdl,
    committees: committeesSdl,
    'charter/residents': charterFiles.residents,
    'charter/committees': charterFiles.committees,
  }
  for (const change of changes) {
    const before = texts[change.in]!
    if (!before.includes(change.from)) throw new Error(`nothing to change: ${change.from}`)
    texts[change.in] = before.replace(change.from, () => change.to)
  }
  const charter = charterOf({
    ...charterFiles,
    residents: texts['charter/residents']!,
    committees: texts['charter/committees']!,
  })
  return checkCharter({
    charter,
    subgraphs: (['residents', 'committees'] as const).map((name) => ({ name, sdl: texts[name]! })),
  })
}

const inResidents = (from: string, to: string): Change => ({ in: 'residents', from, to })
const inCommittees = (from: string, to: string): Change => ({ in: 'committees', from, to })

/** What is refused: the code, its coordinate and the party at fault, after one change. */
const breaches: readonly [what: string, expected: `${FindingCode} ${string} ${string}`, ...Change[]][] = [
  [
    'a type nobody owns',
    'TYPE_UNOWNED Score residents',
    inResidents('enum Stage', 'type Score @owner(party: RESIDENT) { n: Int }\nenum Stage'),
  ],
  ['a scalar nobody owns', 'TYPE_UNOWNED Url committees', inCommittees('union', 'scalar Url\nunion')],
  ["another's enum", 'TYPE_TAKEN Stage committees', inCommittees('union', 'enum Stage { OPEN CLOSED }\nunion')],
  ["another's input", 'TYPE_TAKEN SubmitInput committees', inCommittees('union', 'input SubmitInput { text: String! }\nunion')],
  ["another's union", 'TYPE_TAKEN TriageResult residents', inResidents('union', 'union TriageResult = Refusal\nunion')],
  ["another's object without its key", 'TYPE_TAKEN Desk residents', inResidents('enum Stage', 'type Desk { id: ID }\nenum Stage')],
  [
    'a type of the charter that is not there',
    'TYPE_MISSING Desk committees',
    inCommittees('type Desk @owner(party: COMMITTEE) { triages: [Triage!]! }', ''),
  ],
  ['an object that names no owner', 'OWNER_UNSTATED Desk committees', inCommittees('type Desk @owner(party: COMMITTEE)', 'type Desk')],
  [
    'an object that names another owner',
    'OWNER_DISAGREES Desk committees',
    inCommittees('type Desk @owner(party: COMMITTEE)', 'type Desk @owner(party: RESIDENT)'),
  ],
  [
    'a field that names another owner',
    'OWNER_DISAGREES Suggestion.text residents',
    inResidents('text: String!\n  stage', 'text: String! @owner(party: COMMITTEE)\n  stage'),
  ],
  [
    "a claim on another's entity",
    'OWNER_DISAGREES Suggestion committees',
    inCommittees('type Suggestion @key(fields: "id")', 'type Suggestion @key(fields: "id") @owner(party: COMMITTEE)'),
  ],
  [
    'an addition without a grant',
    'EXTEND_NOT_GRANTED Suggestion.triage committees',
    { in: 'charter/residents', from: 'grants:\n  - { to: committees, extend: Suggestion }\n', to: '' },
  ],
  [
    'an addition that is not signed',
    'CONTRIBUTION_UNSIGNED Suggestion.triage committees',
    inCommittees('triage: Triage @owner(party: COMMITTEE)', 'triage: Triage'),
  ],
  [
    "an addition signed in another's name",
    'CONTRIBUTION_UNSIGNED Suggestion.triage committees',
    inCommittees('triage: Triage @owner(party: COMMITTEE)', 'triage: Triage @owner(party: RESIDENT)'),
  ],
  [
    'an addition that may not be null',
    'CONTRIBUTION_NOT_NULLABLE Suggestion.triage committees',
    inCommittees('triage: Triage @owner', 'triage: Triage! @owner'),
  ],
  [
    "a non-null field to another's entity",
    'REFERENCE_NOT_NULLABLE Triage.suggestion committees',
    inCommittees('suggestion: Suggestion\n', 'suggestion: Suggestion!\n'),
  ],
  [
    "a list without a null on the way to another's entity",
    'REFERENCE_NOT_NULLABLE Triage.all committees',
    inCommittees('[Suggestion]!', '[Suggestion!]!'),
  ],
  [
    "a non-null interface that another's type implements",
    'REFERENCE_NOT_NULLABLE Triage.node committees',
    inCommittees('all: ', 'node: Node!\n  all: '),
    inCommittees('type Suggestion @key', 'type Suggestion implements Node @key'),
  ],
  [
    'a query nobody owns',
    'ROOT_FIELD_UNOWNED Query.desk committees',
    inCommittees('triage(id: ID!): Triage', 'triage(id: ID!): Triage desk: Desk'),
  ],
  [
    "another's query",
    'ROOT_FIELD_TAKEN Query.suggestion committees',
    inCommittees('triage(id: ID!): Triage', 'triage(id: ID!): Triage suggestion(id: ID!): Suggestion'),
  ],
  [
    "another's subscription",
    'ROOT_FIELD_TAKEN Subscription.suggestionChanged committees',
    inCommittees('union', 'type Subscription { suggestionChanged: Suggestion }\nunion'),
  ],
  [
    'a query of the charter that is not there',
    'ROOT_FIELD_MISSING Query.desk committees',
    { in: 'charter/committees', from: '[triage]', to: '[triage, desk]' },
  ],
  [
    'a mutation without an act',
    'MUTATION_WITHOUT_ACT Mutation.submitSuggestion residents',
    inResidents(' @act(code: "resident.suggestion.submit")', ''),
  ],
  [
    'an act no charter has',
    'ACT_UNKNOWN Mutation.submitSuggestion residents',
    inResidents('"resident.suggestion.submit"', '"resident.suggestion.shout"'),
  ],
  [
    "another party's act",
    'ACT_NOT_YOURS Mutation.submitSuggestion residents',
    inResidents('"resident.suggestion.submit"', '"committee.suggestion.triage"'),
  ],
  [
    'an act of another mutation',
    'ACT_FOR_OTHER_MUTATION Mutation.shout residents',
    inResidents('type Mutation {', 'type Mutation { shout: SubmitResult @act(code: "resident.suggestion.submit") '),
  ],
  [
    'an act without its mutation',
    'ACT_DEAD Mutation.submitSuggestion residents',
    inResidents('submitSuggestion(input', 'sendSuggestion(input'),
  ],
  [
    "a mutation that returns another's record",
    'MUTATION_RETURNS_FOREIGN Mutation.triageSuggestion committees',
    inCommittees('\n  triage: Triage @owner(party: COMMITTEE)', ''),
  ],
  [
    'a mutation that returns a bare value',
    'MUTATION_RETURNS_FOREIGN Mutation.submitSuggestion residents',
    inResidents('): SubmitResult', '): Boolean'),
  ],
  ['a commons field of another shape', 'COMMONS_DIFFER Refusal.message committees', inCommittees('message: String!', 'message: String')],
  [
    'a commons enum with a value more',
    'COMMONS_DIFFER PartyKind.KING committees',
    inCommittees('COMMITTEE RESIDENT', 'COMMITTEE RESIDENT KING'),
  ],
  ['a commons directive of another shape', 'COMMONS_DIFFER @act committees', inCommittees('@act(code: String!)', '@act(code: String)')],
  ['a directive of nobody', 'DIRECTIVE_UNOWNED @shout residents', inResidents('scalar', 'directive @shout on OBJECT\nscalar')],
  ['a schema that does not parse', 'SDL_MALFORMED committees committees', inCommittees('type Query {', 'type Query {{')],
]

describe('the charter check', () => {
  it('says nothing about schemas that keep the agreement', () => {
    expect(findingsAfter()).toEqual([])
  })

  it.each(breaches)('refuses %s', (_, expected, ...changes) => {
    const found = findingsAfter(...changes).map(({ code, coordinate, offender }) => `${code} ${coordinate} ${offender.subgraph}`)
    expect(found).toContain(expected)
  })

  it('refuses a subgraph without a charter and a charter without a subgraph', () => {
    const found = checkCharter({
      charter: charterOf(),
      subgraphs: [
        { name: 'residents', sdl: residentsSdl },
        { name: 'police', sdl: 'type Query { arrest: Boolean }' },
      ],
    })
    expect(found.map(({ code, coordinate }) => `${code} ${coordinate}`)).toEqual([
      'SUBGRAPH_WITHOUT_CHARTER police',
      'PARTY_WITHOUT_SUBGRAPH committees',
    ])
  })

  it('has a breach in this file for every code it can report', () => {
    const provoked = new Set([
      ...breaches.map(([, expected]) => expected.split(' ')[0]),
      'SUBGRAPH_WITHOUT_CHARTER',
      'PARTY_WITHOUT_SUBGRAPH',
    ])
    expect([...provoked].sort()).toEqual([...FINDING_CODES].sort())
  })

  it('names file, line, owner and remedy in both languages', () => {
    const [only, ...others] = findingsAfter(inCommittees('triage: Triage @owner', 'triage: Triage! @owner'))
    expect(others).toEqual([])
    expect(only).toMatchObject({ owner: 'residents', offender: { file: 'subgraphs/committees/schema.graphql', line: 19 } })
    expect(formatFinding(only!)).toBe(
      'subgraphs/committees/schema.graphql:19 CONTRIBUTION_NOT_NULLABLE Suggestion.triage: Suggestion.triage is non-null: ' +
        'a failure of committees would erase data of residents. Remove the outer exclamation mark.\n' +
        '  Suggestion.triage 不可为空：committees 出错会抹去 residents 的数据。去掉末尾的感叹号。',
    )
  })

  it('says once that nobody owns a type, whatever leads to it', () => {
    const found = findingsAfter(
      inResidents('enum Stage', 'type Score @owner(party: RESIDENT) { n: Int }\nenum Stage'),
      inResidents('stage: Stage!', 'stage: Stage!\n  score: Score!'),
      inResidents('Suggestion | Refusal', 'Suggestion | Score | Refusal'),
    )
    expect(found.map(({ code, coordinate }) => `${code} ${coordinate}`)).toEqual(['TYPE_UNOWNED Score'])
  })

  it('points a dead act to its line in the charter file', () => {
    const dead = findingsAfter(inResidents('submitSuggestion(input', 'sendSuggestion(input')).find(({ code }) => code === 'ACT_DEAD')
    expect(dead?.offender).toEqual({ subgraph: 'residents', file: 'charter/residents.yaml', line: 9 })
  })

  it('does not mind order, descriptions, renamed imports, or what federation itself defines', () => {
    expect(
      findingsAfter(
        inCommittees('enum PartyKind { COMMITTEE RESIDENT }', '"Kinds." enum PartyKind { RESIDENT "Elected." COMMITTEE }'),
        inCommittees('"@key",', '{ name: "@key", as: "@identity" },'),
        inCommittees('type Suggestion @key(', 'type Suggestion @identity('),
        inCommittees('type Triage implements Node @key(', 'type Triage implements Node @identity('),
        inCommittees(
          'union',
          'scalar federation__FieldSet\nscalar _Any\nunion _Entity = Triage\ndirective @key(fields: String) on OBJECT\nunion',
        ),
        inCommittees('type Query {', 'type Query { _entities(representations: [_Any!]!): [_Entity]!'),
      ),
    ).toEqual([])
  })

  it('accepts Federation 1 extensions under the same rules', () => {
    const asExtension = inCommittees(
      'type Suggestion @key(fields: "id") {\n  id: ID!',
      'extend type Suggestion @key(fields: "id") {\n  id: ID! @external',
    )
    expect(findingsAfter(asExtension)).toEqual([])
    const ungranted = findingsAfter(asExtension, { in: 'charter/residents', from: 'extend: Suggestion', to: 'extend: Stage' })
    expect(ungranted.map(({ code }) => code)).toEqual(['EXTEND_NOT_GRANTED'])
  })
})
