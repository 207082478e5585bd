import { assembleCharter } from './assemble.js'
import type { Charter } from './model.js'

/**
 * A little street of three parties that keep their agreement. The examples of the rules' pages stand in it, and the tests of the check
 * break one thing at a time in it.
 */
export const exampleCharter = {
  residents: `party: residents
kind: RESIDENT
title: { zh: 居民, en: Residents }
owns:
  types: [Resident, Suggestion, Stage, SubmitInput, SubmitResult, Matter, Address]
  queries: [suggestion, resident]
  subscriptions: [suggestionChanged]
acts:
  - code: resident.suggestion.submit
    mutation: submitSuggestion
    title: { zh: 提交建议, en: Submit a suggestion }
    by: [resident]
    basis: { zh: 约定, en: agreed }
grants:
  - { to: committees, extend: Suggestion }
  - { to: nonprofits, extend: Suggestion }
  - { to: nonprofits, receive: [Suggestion.cell], purpose: SERVICE_DELIVERY, until: 2027-12-31 }
`,
  committees: `party: committees
kind: COMMITTEE
title: { zh: 居委会, en: Committees }
owns: { types: [Triage, TriageResult, Desk, Route], queries: [triage, desk] }
acts:
  - code: committee.suggestion.triage
    mutation: triageSuggestion
    title: { zh: 分办, en: Route }
    by: [cadre]
    basis: { zh: 约定, en: agreed }
`,
  nonprofits: `party: nonprofits
kind: NONPROFIT
title: { zh: 社会组织, en: Non-profit organizations }
owns: { types: [Referral], queries: [referral] }
acts: []
grants:
  - { to: committees, receive: [Suggestion.urgency], purpose: CASE_HANDLING, until: 2027-12-31 }
`,
  commons: `commons: true
title: { zh: 公共词汇, en: The commons }
scalars: [DateTime]
directives: [owner, act, personal]
types: [Refusal, PartyKind, Node, Party, Channel, DataClass, PeriodInput]
`,
} as const

/** A day on which every grant of the example charter stands. */
export const EXAMPLE_NOW = new Date('2026-11-23T12:00:00+08:00')

const commonsSdl = `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: [
      "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@tag", "@interfaceObject"
      "@authenticated", "@requiresScopes", "@policy", "@composeDirective", "@context", "@fromContext", "@cost", "@listSize", "@extends"
    ]
  )
  @link(url: "https://commonhall.example/spec/charter/v1.0", import: ["@owner", "@act", "@personal"])
directive @owner(party: PartyKind!) on OBJECT | FIELD_DEFINITION
directive @act(code: String!) on FIELD_DEFINITION
directive @personal(class: DataClass) on FIELD_DEFINITION
scalar DateTime
enum PartyKind { COMMITTEE NONPROFIT RESIDENT }
enum Channel { APP PAPER }
enum DataClass { IDENTITY CONTACT }
input PeriodInput { from: String to: String }
interface Node { id: ID! }
interface Party { id: ID! name: String }
type Refusal @shareable { message: String! at: DateTime by: Channel label(short: Boolean): String }
`

const residents = `${commonsSdl}
interface Matter @key(fields: "id") { id: ID! }
type Resident @key(fields: "id") @owner(party: RESIDENT) {
  id: ID!
  contact: String @personal(class: CONTACT)
  suggestions: [Suggestion!]!
}
type Suggestion implements Node & Matter @key(fields: "id") @key(fields: "number") @owner(party: RESIDENT) {
  id: ID!
  number: String!
  text: String
  cell: String
  stage(on: String): Stage
  author: Resident
  address: Address
}
type Address @shareable @owner(party: RESIDENT) { street: String }
enum Stage { OPEN CLOSED }
input SubmitInput { text: String! period: PeriodInput }
union SubmitResult = Suggestion | Refusal
type Query { suggestion(id: ID!): Suggestion resident(id: ID!): Resident }
type Mutation { submitSuggestion(input: SubmitInput!): SubmitResult @act(code: "resident.suggestion.submit") }
type Subscription { suggestionChanged: Suggestion }
`

const committees = `${commonsSdl}
type Triage implements Node @key(fields: "id") @owner(party: COMMITTEE) {
  id: ID!
  route: Route
  suggestion: Suggestion
  within(period: PeriodInput): Boolean
}
enum Route { HERE THERE }
type Desk @owner(party: COMMITTEE) { triages: [Triage!]! }
type Suggestion @key(fields: "id") { id: ID! triage: Triage @owner(party: COMMITTEE) }
union TriageResult = Triage | Suggestion | Refusal
type Query { triage(id: ID!): Triage desk: Desk }
type Mutation { triageSuggestion(id: ID!): TriageResult @act(code: "committee.suggestion.triage") }
`

const nonprofits = `${commonsSdl}
type Referral implements Node @key(fields: "id") @owner(party: NONPROFIT) { id: ID! suggestion: Suggestion }
type Suggestion @key(fields: "id") {
  id: ID!
  cell: String @external
  urgency: Int @requires(fields: "cell") @owner(party: NONPROFIT)
}
type Query { referral(id: ID!): Referral }
`

/** The schemas of the little street, by the name of their subgraph. */
export const exampleSdls: Readonly<Record<string, string>> = { residents, committees, nonprofits }

/** The agreement of some charter files; throws with all faults when a change made it invalid. */
export function exampleAgreement(files: Readonly<Record<string, string>> = exampleCharter): Charter {
  const assembled = assembleCharter(Object.entries(files).map(([name, text]) => ({ file: `charter/${name}.yaml`, text })))
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.faults))
  return assembled.charter
}
