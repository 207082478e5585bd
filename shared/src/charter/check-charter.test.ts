import { describe, expect, it } from '@jest/globals'
import { checkCharter } from './check-charter.js'
import { EXAMPLE_NOW, exampleAgreement, exampleSdls } from './example-street.js'
import { formatFinding } from './findings.js'
import { briefly, charterWith, findingsAfter } from './examples.js'
import type { Change } from './examples.js'

const inCommittees = (add: string, replaces?: string): Change => ({ in: 'committees', add, replaces })
const inResidents = (add: string, replaces?: string): Change => ({ in: 'residents', add, replaces })
const brieflyAfter = (...changes: Change[]) => briefly(findingsAfter(changes))
const STUB = 'type Suggestion @key(fields: "id") { id: ID! triage: Triage @owner(party: COMMITTEE) }'

describe('the charter check', () => {
  it('names file, line, column, owner, consequence and remedies in both languages', () => {
    const [only, ...others] = findingsAfter([inCommittees('triage: Triage! @owner', 'triage: Triage @owner')])
    expect(others).toEqual([])
    expect(only).toMatchObject({
      kind: 'nullability',
      owner: 'residents',
      offender: 'committees',
      consequence: { en: "One party's failure would erase another's data." },
    })
    expect(formatFinding(only!)).toBe(
      `subgraphs/committees/schema.graphql:${only!.line}:${only!.column} CONTRIBUTION_NOT_NULLABLE Suggestion.triage: ` +
        'Suggestion.triage is non-null: a failure of committees would erase data of residents. Remove the outer exclamation mark.\n' +
        '  Suggestion.triage 不可为空：committees 出错会抹去 residents 的数据。去掉末尾的感叹号。',
    )
    const lines = exampleSdls['committees']!.replace('triage: Triage @owner', 'triage: Triage! @owner').split('\n')
    expect(lines[only!.line - 1]!.slice(only!.column - 1)).toMatch(/^triage: Triage!/)
  })

  it('refuses a subgraph without a charter and a charter without a subgraph', () => {
    const found = checkCharter({
      charter: exampleAgreement(),
      subgraphs: [
        { name: 'residents', sdl: exampleSdls['residents']! },
        { name: 'nonprofits', sdl: exampleSdls['nonprofits']! },
        { name: 'police', sdl: 'type Query { arrest: Boolean }' },
      ],
      now: EXAMPLE_NOW,
    })
    expect(briefly(found)).toEqual(['SUBGRAPH_WITHOUT_CHARTER police police', 'PARTY_WITHOUT_SUBGRAPH committees committees'])
  })

  it('says once that nobody owns a type, whatever leads to it', () => {
    const score = inResidents('type Score @owner(party: RESIDENT) { n: Int }\nextend type Suggestion { score: Score! }')
    expect(brieflyAfter(score, inResidents('Suggestion | Score | Refusal', 'Suggestion | Refusal'))).toEqual([
      'TYPE_UNOWNED Score residents',
    ])
  })

  it('points what the charter names in vain to its line in the charter file', () => {
    const [dead] = findingsAfter([inResidents('', 'type Subscription { suggestionChanged: Suggestion }')])
    expect(dead).toMatchObject({ code: 'ROOT_FIELD_MISSING', file: 'charter/residents.yaml', line: 7 })
  })

  it('tells who asks that a grant has ended, was revoked, or is yet to come', () => {
    const add = inCommittees('type Resident @key(fields: "id") { id: ID! visits: Int @owner(party: COMMITTEE) }')
    const remedyWith = (terms: string) =>
      findingsAfter([add], { grants: [{ of: 'residents', line: `{ to: committees, extend: Resident, ${terms} }` }] })[0]?.remedies[0]?.en
    expect(remedyWith('until: 2026-11-01')).toBe('The grant at charter/residents.yaml:18 ended on 2026-11-01; ask residents to renew it.')
    expect(remedyWith('revoked: 2026-11-02')).toBe(
      'The grant at charter/residents.yaml:18 was revoked by residents from 2026-11-02; ask for its consent again.',
    )
    expect(remedyWith('from: 2027-01-01')).toBe('The grant at charter/residents.yaml:18 stands from 2027-01-01 only.')
  })

  it('counts the last day of a grant whole, in the time of the street', () => {
    const add = inCommittees('type Resident @key(fields: "id") { id: ID! visits: Int @owner(party: COMMITTEE) }')
    const at = (now: string) =>
      findingsAfter([add], {
        grants: [{ of: 'residents', line: '{ to: committees, extend: Resident, from: 2026-11-23, until: 2026-11-23 }' }],
        now: new Date(now),
      }).length
    const instants = ['2026-11-22T15:59:59Z', '2026-11-22T16:00:00Z', '2026-11-23T15:59:59Z', '2026-11-23T16:00:00Z']
    expect(instants.map(at)).toEqual([1, 0, 0, 1])
  })

  it('does not mind order, descriptions of the commons, renamed imports, prefixes, or what federation itself defines', () => {
    expect(
      brieflyAfter(
        inCommittees(
          '"Kinds." enum PartyKind { RESIDENT "Elected." COMMITTEE NONPROFIT }',
          'enum PartyKind { COMMITTEE NONPROFIT RESIDENT }',
        ),
        inCommittees('{ name: "@key", as: "@identity" }', '"@key"'),
        inCommittees(STUB.replace('@key', '@identity'), STUB),
        inCommittees('type Triage implements Node @federation__key(', 'type Triage implements Node @key('),
        inCommittees('scalar federation__FieldSet\nscalar _Any\nunion _Entity = Triage\ndirective @key(fields: String) on OBJECT'),
        inCommittees('extend type Query { _entities(representations: [_Any!]!): [_Entity]! }'),
      ),
    ).toEqual([])
  })

  it('is not deceived by another name for a directive', () => {
    const renamed = inCommittees('{ name: "@override", as: "@mine" }', '"@override"')
    const field = inCommittees('extend type Suggestion { text: String @mine(from: "residents") }')
    expect(brieflyAfter(renamed, field)).toEqual(['OVERRIDE_NOT_GRANTED Suggestion.text committees'])
    const prefixed = inCommittees('extend type Suggestion { text: String @federation__override(from: "residents") }')
    expect(brieflyAfter(prefixed)).toEqual(['OVERRIDE_NOT_GRANTED Suggestion.text committees'])
    const asShareable = inCommittees('{ name: "@override", as: "@deprecated" }', '"@override"')
    expect(brieflyAfter(asShareable)).toEqual(['LINK_UNKNOWN schema committees'])
    const whole = inCommittees('"https://specs.apollo.dev/federation/v2.9"\n    as: "fed"', '"https://specs.apollo.dev/federation/v2.9"')
    expect(brieflyAfter(whole, inCommittees('extend type Suggestion { text: String @external @fed__inaccessible }'))).toEqual([
      'HIDE_NOT_GRANTED Suggestion.text committees',
    ])
  })

  it.each([
    ['a name with underscores that federation does not define', 'type Sly__Type { a: Int }', ['TYPE_UNOWNED Sly__Type committees']],
    ['a root field with an underscore', 'extend type Query { _peek: Int }', ['ROOT_FIELD_UNOWNED Query._peek committees']],
    ['a root type that an extension names', 'extend schema { query: Suggestion }', ['CONSTRUCT_UNKNOWN query: Suggestion committees']],
    ['a federation type of another kind', 'type _Any { a: Int }', ['CONSTRUCT_UNKNOWN _Any committees', 'TYPE_UNOWNED _Any committees']],
  ])('refuses %s', (_, add, expected) => {
    expect(brieflyAfter(inCommittees(add))).toEqual(expected)
  })

  it('follows a selection into the types it visits', () => {
    const mention = 'type Address @shareable { street: String @external }'
    const size = 'size: Int @requires(fields: "address { street }") @owner(party: COMMITTEE)'
    expect(brieflyAfter(inCommittees(mention), inCommittees(`extend type Suggestion { address: Address @external ${size} }`))).toEqual([
      'RECEIVE_REQUIRES Suggestion.address committees',
      'RECEIVE_REQUIRES Address.street committees',
    ])
  })

  it('takes a field that two add for the one that signs it; when both sign, each is in the way of the other', () => {
    expect(brieflyAfter(inCommittees('extend type Suggestion { urgency: Int @owner(party: COMMITTEE) }'))).toEqual(
      ['FIELD_TAKEN Suggestion.urgency committees', 'FIELD_TAKEN Suggestion.urgency nonprofits'].flatMap((line) => [
        line.replace('FIELD_TAKEN', 'OWNER_DISAGREES'),
        line,
      ]),
    )
  })

  it('reads renamed root types as what they are', () => {
    const renamed = [
      inCommittees('type Ask {', 'type Query {'),
      inCommittees('type Do {', 'type Mutation {'),
      inCommittees('schema { query: Ask mutation: Do }'),
    ]
    expect(brieflyAfter(...renamed)).toEqual([])
    expect(brieflyAfter(...renamed, inCommittees('extend type Ask { suggestion(id: ID!): Suggestion }'))).toEqual([
      'ROOT_FIELD_TAKEN Query.suggestion committees',
    ])
  })

  it('accepts Federation 1 syntax under the same rules', () => {
    const asExtension = inCommittees(STUB.replace('type', 'extend type').replace('id: ID!', 'id: ID! @external'), STUB)
    const byDirective = inCommittees(STUB.replace('@key', '@extends @key').replace('id: ID!', 'id: ID! @external'), STUB)
    for (const form of [asExtension, byDirective]) {
      expect(brieflyAfter(form)).toEqual([])
      expect(brieflyAfter(form, inCommittees('extend type Suggestion { text: String @shareable }'))).toEqual([
        'FIELD_TAKEN Suggestion.text committees',
      ])
    }
    const bare = exampleSdls['committees']!.replace(/extend schema[^]*?"@personal"\]\)\n/, '').replaceAll(' @shareable', '')
    expect(brieflyAfter({ in: 'committees', add: bare, replaces: exampleSdls['committees'] })).toEqual([])
  })

  it('lets a party run several subgraphs, and holds all of them to its charter', () => {
    const files = charterWith()
    files['committees'] = files['committees']!.replace('kind: COMMITTEE', 'kind: COMMITTEE\nsubgraphs: [committees, desks]')
    const desk = 'type Desk @owner(party: COMMITTEE) { triages: [Triage!]! }'
    const committees = exampleSdls['committees']!.replace(desk, 'type Desk @key(fields: "id") @owner(party: COMMITTEE) { id: ID! }')
    const desks = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
type Desk @key(fields: "id") @owner(party: COMMITTEE) { id: ID! size: Int }`
    const check = (sdl: string) =>
      briefly(
        checkCharter({
          charter: exampleAgreement(files),
          subgraphs: Object.entries({ ...exampleSdls, committees, desks: sdl }).map(([name, text]) => ({ name, sdl: text })),
          now: EXAMPLE_NOW,
        }),
      )
    expect(check(desks)).toEqual([])
    expect(check(`${desks}\nenum Stage { OPEN }`)).toEqual(['TYPE_TAKEN Stage desks'])
  })
})
