import { assembleCharter } from './assemble.js'
import type { Charter } from './model.js'

/** A small agreement of two parties, and schemas that keep it. Tests break one thing at a time by replacing text. */
export const charterFiles = {
  residents: `party: residents
kind: RESIDENT
title: { zh: 居民, en: Residents }
owns:
  types: [Suggestion, Stage, SubmitInput, SubmitResult]
  queries: [suggestion]
  subscriptions: [suggestionChanged]
acts:
  - code: resident.suggestion.submit
    mutation: submitSuggestion
    title: { zh: 提交建议, en: Submit a suggestion }
    by: [resident]
    basis: { zh: 约定, en: agreed }
grants:
  - { to: committees, extend: Suggestion }
`,
  committees: `party: committees
kind: COMMITTEE
title: { zh: 居委会, en: Committees }
owns: { types: [Triage, TriageResult, Desk], queries: [triage] }
acts:
  - code: committee.suggestion.triage
    mutation: triageSuggestion
    title: { zh: 分办, en: Route }
    by: [cadre]
    basis: { zh: 约定, en: agreed }
`,
  commons: `commons: true
title: { zh: 公共词汇, en: The commons }
scalars: [DateTime]
directives: [owner, act]
types: [Refusal, PartyKind, Node]
`,
}

const commonsSdl = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external"])
directive @owner(party: PartyKind!) on OBJECT | FIELD_DEFINITION
directive @act(code: String!) on FIELD_DEFINITION
scalar DateTime
enum PartyKind { COMMITTEE RESIDENT }
interface Node { id: ID! }
type Refusal @shareable { message: String! at: DateTime }
`

export const residentsSdl = `${commonsSdl}
type Suggestion implements Node @key(fields: "id") @owner(party: RESIDENT) {
  id: ID!
  text: String!
  stage: Stage!
  nodes: [Node!]!
}
enum Stage { OPEN CLOSED }
input SubmitInput { text: String! }
union SubmitResult = Suggestion | Refusal
type Query { suggestion(id: ID!): Suggestion }
type Mutation { submitSuggestion(input: SubmitInput!): SubmitResult @act(code: "resident.suggestion.submit") }
type Subscription { suggestionChanged: Suggestion }
`

export const committeesSdl = `${commonsSdl}
type Triage implements Node @key(fields: "id") @owner(party: COMMITTEE) {
  id: ID!
  suggestion: Suggestion
  all: [Suggestion]!
}
type Desk @owner(party: COMMITTEE) { triages: [Triage!]! }
type Suggestion @key(fields: "id") {
  id: ID!
  text: String @external
  triage: Triage @owner(party: COMMITTEE)
}
union TriageResult = Triage | Suggestion | Refusal
type Query { triage(id: ID!): Triage }
type Mutation { triageSuggestion(id: ID!): TriageResult @act(code: "committee.suggestion.triage") }
`

/** The agreement of the files; fails loudly when a test's change made it invalid. */
export function charterOf(files: Readonly<Record<string, string>> = charterFiles): Charter {
  const assembled = assembleCharter(Object.entries(files).map(([name, text]) => ({ file: `charter/${name}.yaml`, text })))
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.faults))
  return assembled.charter
}
