import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { exampleAgreement } from '../charter/example-street.js'
import { briefly, findingsAfter, sdlsAfter } from '../charter/examples.js'
import type { Change } from '../charter/examples.js'
import { composeSupergraph } from './compose-supergraph.js'
import { coordinatesOf } from './coordinates.js'

const INTRUDER = 'committees'
const charter = exampleAgreement()
const commons = charter.commons
const own = charter.parties.find(({ party }) => party === INTRUDER)!

const compose = (changes: readonly Change[]) =>
  composeSupergraph(Object.entries(sdlsAfter(changes)).map(([name, sdl]) => ({ name, sdl, url: `http://${name}.invalid` })))
const honest = compose([])
if (!honest.ok) throw new Error(JSON.stringify(honest.errors))
const before = coordinatesOf(honest.supergraphSdl)

/** Whether the intruder may change what the supergraph says about a coordinate: its own, and what it may add to suggestions. */
function isItsOwn(coordinate: string): boolean {
  const [type = '', member = ''] = coordinate.replace('@', '').split(/[.(]/)
  if (type === 'Query') return own.queries.has(member)
  if (type === 'Mutation') return own.acts.some(({ mutation }) => mutation === member)
  if (own.types.has(type)) return true
  return type === 'Suggestion' && member !== '' && !before.has(`${type}.${member}`)
}

/** Coordinates of others about which the supergraph says something else than before. A reference by plain id changes nothing. */
function changedAt(changes: readonly Change[]): string[] | undefined {
  const composed = compose(changes)
  if (!composed.ok) return undefined
  const after = coordinatesOf(composed.supergraphSdl)
  const isDescribedByAll = (coordinate: string): boolean => commons.types.has(coordinate.split(/[.(]/)[0] ?? '')
  const said = (facts: ReturnType<typeof before.get>, coordinate: string): string => {
    if (!facts) return ''
    const answerers = coordinate.endsWith('.id') ? facts.answeredBy.filter((graph) => graph !== INTRUDER.toUpperCase()) : facts.answeredBy
    return `${facts.text} ${isDescribedByAll(coordinate) ? '' : facts.description} ${answerers.join()}`
  }
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (coordinate) => !isItsOwn(coordinate) && said(before.get(coordinate), coordinate) !== said(after.get(coordinate), coordinate),
  )
}

const WORDS = [
  '',
  '@shareable',
  '@external',
  '@inaccessible',
  '@tag(name: "x")',
  '@deprecated',
  '@authenticated',
  '@requiresScopes(scopes: [["a"]])',
  '@override(from: "residents")',
  '@override(from: "residents", label: "percent(1)")',
  '@cost(weight: 9)',
  '@owner(party: COMMITTEE)',
  '@federation__tag(name: "y")',
]
const word = fc.constantFrom(...WORDS)
// Mostly one word at a time: what is refused for another reason proves nothing.
const words = fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 2, arbitrary: word })
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Triage: ['weight: Int', 'from: Suggestion', 'cell: String', 'route: Route'],
  Suggestion: [
    'text: String',
    'number: String!',
    'cell: String',
    'stage(on: String): Stage',
    'urgency: Int',
    'author: Resident',
    'id: ID',
    'extra: Int',
    'extra: Int!',
    'text: String!',
  ],
  Resident: ['id: ID!', 'contact: String', 'suggestions: [Suggestion!]!', 'score: Int'],
  Address: ['street: String', 'city: String'],
  Refusal: ['message: String!', 'label: String', 'code: Int', 'at: DateTime'],
  Referral: ['suggestion: Suggestion', 'id: ID!'],
  Query: ['suggestion(id: ID!): Suggestion', 'resident(id: ID!): Resident', 'residents: [Resident]'],
  Mutation: ['submitSuggestion(input: SubmitInput!): SubmitResult @act(code: "committee.suggestion.triage")'],
  Subscription: ['suggestionChanged: Suggestion'],
  Matter: ['id: ID!', 'weight: Int'],
  Node: ['id: ID!', 'weight: Int'],
  Desk: ['suggestion: Suggestion', 'top: Suggestion @provides(fields: "text")'],
}
const pieceOf = (type: string) =>
  fc
    .record({
      form: fc.constantFrom('extend type', 'extend type', 'extend type', 'type', 'interface', 'extend interface'),
      key: fc.constantFrom(
        '',
        '',
        '',
        '@key(fields: "id")',
        '@key(fields: "number")',
        '@key(fields: "id")  @interfaceObject',
        '@extends @key(fields: "id")',
        'implements Node',
        'implements Matter & Node',
      ),
      onType: words,
      fields: fc.array(
        fc.record({ field: fc.constantFrom(...FIELDS[type]!), with: words, says: fc.constantFrom('', '', '', '', '"Not true." ') }),
        { minLength: 1, maxLength: 2 },
      ),
    })
    .map(
      ({ form, key, onType, fields }) =>
        `${form} ${type} ${key} ${onType} { ${fields.map((field) => `${field.says}${field.field} ${field.with}`).join(' ')} }`,
    )
const piece: fc.Arbitrary<string> = fc
  .oneof(
    ...Object.keys(FIELDS).map(pieceOf),
    fc
      .tuple(fc.constantFrom('Stage', 'Channel', 'PartyKind'), fc.constantFrom('OPEN', 'CLOSED', 'APP', 'NEW'), words, words)
      .map(([type, value, on, at]) => `extend enum ${type} ${on} { ${value} ${at} }`),
    fc
      .tuple(
        fc.constantFrom('SubmitInput', 'PeriodInput'),
        fc.constantFrom('text: String!', 'from: String', 'must: Int!', 'may: Int'),
        words,
      )
      .map(([type, field, on]) => `extend input ${type} { ${field} ${on} }`),
    fc.tuple(
      fc.constantFrom(
        'enum Stage { OPEN }',
        'enum Stage { OPEN CLOSED }',
        'input SubmitInput { text: String! }',
        'union SubmitResult = Suggestion',
        'union SubmitResult = Triage | Refusal',
        'scalar DateTime2',
      ),
    ),
    fc
      .tuple(
        fc.constantFrom(
          'extend type Query',
          'extend type Mutation',
          'extend type Suggestion',
          'extend type Refusal',
          'extend scalar DateTime',
          'extend interface Node',
          'extend schema',
          'extend type Triage implements Matter',
          '"Told." extend type Desk',
        ),
        word,
      )
      .map((pair) => pair.join(' ')),
  )
  .map((text) => String(text))
const REPLACEMENTS = [
  ['type Suggestion @key(fields: "id") {', 'extend type Suggestion @key(fields: "id") {'],
  ['type Suggestion @key(fields: "id") { id: ID!', 'type Suggestion @key(fields: "id") { id: ID! @inaccessible'],
  ['type Suggestion @key(fields: "id") { id: ID!', '"Words." type Suggestion @key(fields: "id") { id: ID'],
  ['enum Channel { APP PAPER }', 'enum Channel { APP }'],
  ['enum Channel { APP PAPER }', 'enum Channel { APP PAPER @inaccessible }'],
  ['input PeriodInput { from: String to: String }', 'input PeriodInput { from: String! to: String }'],
  ['input PeriodInput { from: String to: String }', 'input PeriodInput { from: String to: String = "now" }'],
  ['message: String! at', 'message: String at'],
  ['label(short: Boolean): String', 'label: String'],
  ['label(short: Boolean): String', 'label(short: Boolean @deprecated): String @tag(name: "z")'],
  ['"@shareable"', '{ name: "@shareable", as: "@shareable2" }'],
  ['"@inaccessible"', '{ name: "@inaccessible", as: "@quiet" }'],
  ['scalar DateTime', 'scalar DateTime @specifiedBy(url: "https://example.org")'],
  ['scalar DateTime', 'scalar DateTime @inaccessible'],
  ['interface Party { id: ID! name: String }', 'interface Party { id: ID! }'],
  ['interface Party { id: ID! name: String }', 'interface Party { id: ID! name: String nick: String }'],
] as const
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: piece.map((add) => ({ in: INTRUDER, add })) },
  { weight: 1, arbitrary: fc.constantFrom(...REPLACEMENTS).map(([replaces, add]) => ({ in: INTRUDER, replaces, add })) },
)

/** Two changes may want to replace the same text. */
function isPossible(changes: readonly Change[]): boolean {
  const replaced = changes.flatMap(({ replaces }) => replaces ?? [])
  return replaced.every((text, index) => replaced.every((other, at) => at === index || (!text.includes(other) && !other.includes(text))))
}

describe('whatever composes and changes what is said of another, without a grant', () => {
  it('is found by the check', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 2 }).filter(isPossible), (changes) => {
        if (briefly(findingsAfter(changes)).length > 0) return
        expect(changedAt(changes) ?? []).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it('would be seen by this test: a changed answerer, a hidden field, a lost value', () => {
    const seen = (add: string, replaces?: string) => changedAt([{ in: INTRUDER, add, replaces }])
    expect(seen('extend type Suggestion { text: String @override(from: "residents") }')).toEqual(['Suggestion.text'])
    expect(seen('enum Channel { APP PAPER @inaccessible }', 'enum Channel { APP PAPER }')).toEqual(['Channel.PAPER'])
    expect(seen('extend type Query @authenticated')).toEqual(['Query'])
    expect(seen('enum Channel { APP PAPER PHONE }', 'enum Channel { APP PAPER }')).toEqual(['Channel.PHONE'])
    expect(seen('extend type Desk { size: Int }')).toEqual([])
  })
})
