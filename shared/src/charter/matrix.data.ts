import type { Change } from './examples.js'

type Row = readonly [kind: string, element: string, text: string | Change, expected: string, grant?: string, of?: string]

const STUB = 'type Suggestion @key(fields: "id") { id: ID!'
const at = (replaces: string, add: string): Change => ({ in: 'committees', replaces, add })
const inStub = (add: string): string => `extend type Suggestion { ${add} }`
const TERMS = 'purpose: CASE_HANDLING, until: 2027-12-31'

const rows: readonly Row[] = [
  ['claim', 'object', 'type Address { street: String }', 'TYPE_TAKEN Address'],
  ['claim', 'enum', 'enum Stage { OPEN CLOSED }', 'TYPE_TAKEN Stage'],
  ['claim', 'enum value', 'extend enum Stage { LOST }', 'TYPE_TAKEN Stage'],
  ['claim', 'input', 'input SubmitInput { text: String! }', 'TYPE_TAKEN SubmitInput'],
  ['claim', 'input field', 'extend input SubmitInput { more: String }', 'TYPE_TAKEN SubmitInput'],
  ['claim', 'interface', 'interface Matter { id: ID! }', 'TYPE_TAKEN Matter'],
  ['claim', 'interface for a stub', `interface Matter { id: ID! }\nextend type Suggestion implements Matter`, 'TYPE_TAKEN Matter'],
  ['claim', 'union', 'union SubmitResult = Suggestion', 'TYPE_TAKEN SubmitResult'],
  ['claim', 'scalar', 'scalar Stage', 'TYPE_TAKEN Stage'],
  ['claim', 'field', inStub('text: String'), 'FIELD_TAKEN Suggestion.text'],
  ['claim', 'field that a third party added', inStub('urgency: Int'), 'FIELD_TAKEN Suggestion.urgency'],
  [
    'claim',
    'query',
    'extend type Query { resident(id: ID!): Resident }\ntype Resident @key(fields: "id") { id: ID! }',
    'ROOT_FIELD_TAKEN Query.resident',
  ],
  [
    'claim',
    'mutation',
    'extend type Mutation { submitSuggestion: TriageResult @act(code: "committee.suggestion.triage") }',
    'ROOT_FIELD_TAKEN Mutation.submitSuggestion',
  ],
  ['claim', 'subscription', 'type Subscription { suggestionChanged: Suggestion }', 'ROOT_FIELD_TAKEN Subscription.suggestionChanged'],
  ['claim', 'entity without its key', 'type Resident { id: ID! }', 'TYPE_TAKEN Resident'],
  ['claim', 'entity as an interface', 'interface Resident @key(fields: "id") { id: ID! }', 'TYPE_TAKEN Resident'],

  [
    'extend',
    'entity',
    'type Resident @key(fields: "id") { id: ID! visits: Int @owner(party: COMMITTEE) }',
    'EXTEND_NOT_GRANTED Resident.visits',
    'extend: Resident',
  ],
  [
    'extend',
    'entity, Federation 1',
    'extend type Resident @key(fields: "id") { id: ID! @external visits: Int @owner(party: COMMITTEE) }',
    'EXTEND_NOT_GRANTED Resident.visits',
    'extend: Resident',
  ],
  [
    'extend',
    'entity, as a field of its key',
    'type Resident @key(fields: "id visits") { id: ID! visits: Int @owner(party: COMMITTEE) }',
    'EXTEND_NOT_GRANTED Resident.visits',
    'extend: Resident',
  ],

  [
    'receive',
    'field, @requires',
    inStub('text: String @external size: Int @requires(fields: "text") @owner(party: COMMITTEE)'),
    'RECEIVE_REQUIRES Suggestion.text',
    `receive: [Suggestion.text], ${TERMS}`,
  ],
  [
    'receive',
    'field, @requires with arguments',
    inStub('stage(on: String): String @external size: Int @requires(fields: "stage(on: \\"now\\")") @owner(party: COMMITTEE)'),
    'RECEIVE_REQUIRES Suggestion.stage',
    `receive: [Suggestion.stage], ${TERMS}`,
  ],
  [
    'receive',
    'key',
    `extend type Suggestion @key(fields: "number") { number: String! }`,
    'RECEIVE_KEY Suggestion.number',
    `receive: [Suggestion.number], ${TERMS}`,
  ],
  [
    'receive',
    'key beside the id',
    `extend type Suggestion @key(fields: "id number") { number: String! }`,
    'RECEIVE_KEY Suggestion.number',
    `receive: [Suggestion.number], ${TERMS}`,
  ],
  [
    'receive',
    'key, not resolvable',
    `extend type Suggestion @key(fields: "number", resolvable: false) { number: String! }`,
    'RECEIVE_KEY Suggestion.number',
    `receive: [Suggestion.number], ${TERMS}`,
  ],
  [
    'receive',
    "key of one's own",
    'extend type Triage @key(fields: "suggestion { number }")\nextend type Suggestion { number: String @external }',
    'RECEIVE_KEY Suggestion.number',
    `receive: [Suggestion.number], ${TERMS}`,
  ],
  [
    'receive',
    '@provides',
    `${inStub('text: String @external')}\nextend type Desk { top: Suggestion @provides(fields: "text") }`,
    'RECEIVE_PROVIDES Suggestion.text',
    `receive: [Suggestion.text], ${TERMS}`,
  ],
  [
    'receive',
    '@provides of a root field',
    `${inStub('text: String @external')}\n`.concat(
      'extend type Query { triage(id: ID!): Triage @provides(fields: "suggestion { text }") }',
    ),
    'RECEIVE_PROVIDES Suggestion.text',
    `receive: [Suggestion.text], ${TERMS}`,
  ],
  [
    'receive',
    'chain',
    inStub('urgency: Int @external rank: Int @requires(fields: "urgency") @owner(party: COMMITTEE)'),
    'RECEIVE_CHAIN Suggestion.cell',
    `receive: [Suggestion.cell], ${TERMS}`,
  ],
  ['receive', 'context of an object', 'extend type Desk @context(name: "desk")', 'RECEIVE_CONTEXT Desk'],
  [
    'receive',
    'contextual argument',
    'extend type Desk { size(of: Int @fromContext(field: "$desk { size }")): Int }',
    'RECEIVE_CONTEXT Desk.size(of:)',
  ],

  [
    'override',
    'field',
    inStub('text: String @override(from: "residents")'),
    'OVERRIDE_NOT_GRANTED Suggestion.text',
    'override: Suggestion.text',
  ],
  [
    'override',
    'field, progressive',
    inStub('text: String @override(from: "residents", label: "percent(5)")'),
    'OVERRIDE_NOT_GRANTED Suggestion.text',
    'override: Suggestion.text',
  ],
  [
    'override',
    'field from a stranger',
    inStub('urgency: Int @override(from: "nonprofits")'),
    'OVERRIDE_NOT_GRANTED Suggestion.urgency',
    'override: Suggestion.urgency',
    'nonprofits',
  ],
  [
    'override',
    'query',
    'extend type Query { suggestion(id: ID!): Suggestion @override(from: "residents") }',
    'OVERRIDE_NOT_GRANTED Query.suggestion',
    'override: Query.suggestion',
  ],
  [
    'override',
    'mutation',
    'extend type Mutation { submitSuggestion: TriageResult @override(from: "residents") }',
    'OVERRIDE_NOT_GRANTED Mutation.submitSuggestion',
    'override: Mutation.submitSuggestion',
  ],
  [
    'override',
    'subscription',
    'type Subscription { suggestionChanged: Suggestion @override(from: "residents") }',
    'OVERRIDE_NOT_GRANTED Subscription.suggestionChanged',
    'override: Subscription.suggestionChanged',
  ],
  ['override', 'commons', at('message: String!', 'message: String! @override(from: "residents")'), 'OVERRIDE_NOT_GRANTED Refusal.message'],

  ['hide', 'type', 'extend type Suggestion @inaccessible', 'HIDE_NOT_GRANTED Suggestion', 'hide: Suggestion'],
  ['hide', 'field', inStub('text: String @external @inaccessible'), 'HIDE_NOT_GRANTED Suggestion.text', 'hide: Suggestion.text'],
  [
    'hide',
    'argument',
    inStub('stage(on: String @inaccessible): String @external'),
    'HIDE_NOT_GRANTED Suggestion.stage(on:)',
    'hide: "Suggestion.stage(on:)"',
  ],
  ['hide', 'key', at(STUB, `${STUB} @inaccessible`), 'HIDE_SHARED Suggestion.id'],
  ['hide', 'enum value of the commons', at('APP PAPER', 'APP PAPER @inaccessible'), 'HIDE_SHARED Channel.PAPER'],
  ['hide', 'input field of the commons', at('{ from: String', '{ from: String @inaccessible'), 'HIDE_SHARED PeriodInput.from'],
  ['hide', 'scalar of the commons', 'extend scalar DateTime @inaccessible', 'HIDE_SHARED DateTime'],
  ['hide', 'interface of the commons', 'extend interface Party @inaccessible', 'HIDE_SHARED Party'],
  ['hide', 'root type', 'extend type Query @inaccessible', 'HIDE_SHARED Query'],

  ['lock', 'entity', 'extend type Suggestion @authenticated', 'LOCK_FOREIGN Suggestion'],
  ['lock', 'field', inStub('text: String @external @policy(policies: [["p"]])'), 'LOCK_FOREIGN Suggestion.text'],
  ['lock', 'Query', 'extend type Query @authenticated', 'LOCK_SHARED Query'],
  ['lock', 'Mutation', 'extend type Mutation @requiresScopes(scopes: [["s"]])', 'LOCK_SHARED Mutation'],
  ['lock', 'Subscription', 'extend type Subscription @policy(policies: [["p"]])', 'LOCK_SHARED Subscription'],
  ['lock', 'object of the commons', 'extend type Refusal @authenticated', 'LOCK_SHARED Refusal'],
  ['lock', 'enum of the commons', 'extend enum Channel @authenticated', 'LOCK_SHARED Channel'],
  ['lock', 'scalar of the commons', 'extend scalar DateTime @requiresScopes(scopes: [["s"]])', 'LOCK_SHARED DateTime'],
  ['lock', 'interface', 'extend interface Party @authenticated', 'LOCK_SHARED Party'],

  ['lock', 'interface, by an implementer', 'extend type Triage @authenticated', 'LOCK_INHERITED Node'],
  ['mark', 'type', 'extend type Suggestion @tag(name: "t")', 'MARK_FOREIGN Suggestion'],
  ['mark', 'type, by its cost', 'extend type Suggestion @cost(weight: 9)', 'MARK_FOREIGN Suggestion'],
  ['mark', 'field', inStub('text: String @external @deprecated'), 'MARK_FOREIGN Suggestion.text'],
  ['mark', 'field, by its size', inStub('text: String @external @listSize(assumedSize: 9)'), 'MARK_FOREIGN Suggestion.text'],
  ['mark', 'field, as personal', inStub('text: String @external @personal(class: CONTACT)'), 'MARK_FOREIGN Suggestion.text'],
  ['mark', 'argument', inStub('stage(on: String @cost(weight: 2)): String @external'), 'MARK_FOREIGN Suggestion.stage(on:)'],
  ['mark', 'enum value of the commons', at('APP PAPER', 'APP PAPER @deprecated'), 'MARK_FOREIGN Channel.PAPER'],
  ['mark', 'input field of the commons', at('{ from: String', '{ from: String @tag(name: "t")'), 'MARK_FOREIGN PeriodInput.from'],
  ['mark', 'argument of the commons', at('short: Boolean', 'short: Boolean @deprecated'), 'MARK_FOREIGN Refusal.label(short:)'],
  ['mark', 'schema', 'extend schema @tag(name: "t")', 'MARK_FOREIGN schema'],
  ['mark', 'root type', 'extend type Query @tag(name: "t")', 'MARK_FOREIGN Query'],
  ['mark', 'argument of a directive', at('@act(code: String!', '@act(code: String! @tag(name: "t")'), 'MARK_FOREIGN @act(code:)'],
  ['mark', 'type, by a description', at(STUB, `"Not true." ${STUB}`), 'DESCRIPTION_FOREIGN Suggestion'],
  ['mark', 'root type, by a description', at('type Query {', '"Mine." type Query {'), 'DESCRIPTION_FOREIGN Query'],

  ['share', 'value type', 'type Address @shareable { street: String }', 'VALUE_SHARED Address'],
  ['share', 'value type of nobody', { in: 'committees', add: 'type Shared @shareable { a: Int }' }, 'TYPE_UNOWNED Shared'],
  ['share', 'object of the commons', at('message: String!', 'message: String'), 'COMMONS_DIFFER Refusal.message'],
  ['share', 'object of the commons with a key', 'extend type Refusal @key(fields: "message")', 'COMMONS_DIFFER Refusal'],
  [
    'share',
    'interface of the commons',
    at('interface Party { id: ID! name: String }', 'interface Party { id: ID! }'),
    'COMMONS_DIFFER Party.name',
  ],
  ['share', 'scalar of the commons', 'extend scalar DateTime @specifiedBy(url: "https://example.org")', 'COMMONS_DIFFER DateTime'],
  ['share', 'directive of the commons', at('directive @act(code: String!)', 'directive @act(code: String)'), 'COMMONS_DIFFER @act'],
  ['share', 'copied key', at(STUB, STUB.replace('ID!', 'ID')), 'COPY_DIFFERS Suggestion.id'],

  [
    'inject',
    'implementer',
    'interface Matter { id: ID! }\nextend type Triage implements Matter',
    'IMPLEMENTER_INJECTED Matter',
    'implement: Matter',
  ],
  ['inject', 'member', 'union SubmitResult = Triage', 'MEMBER_INJECTED SubmitResult', 'implement: SubmitResult'],
  [
    'inject',
    'interface object',
    'type Matter @interfaceObject @key(fields: "id") { id: ID! weight: Int @owner(party: COMMITTEE) }',
    'INTERFACE_OBJECT Matter',
    'implement: Matter',
  ],
  [
    'inject',
    'interface object of the commons',
    at('interface Node { id: ID! }', 'type Node @interfaceObject @key(fields: "id") { id: ID! }'),
    'INTERFACE_OBJECT Node',
  ],
  [
    'inject',
    "interface on another's type",
    'extend type Suggestion implements Party { name: String @external }',
    'INTERFACE_ADDED Suggestion',
  ],

  ['narrow', 'input field that is gone', at('{ from: String to: String }', '{ from: String }'), 'INPUT_NARROWED PeriodInput.to'],
  ['narrow', 'input field that must be', at('{ from: String ', '{ from: String! '), 'INPUT_NARROWED PeriodInput.from'],
  ['narrow', 'input field, by its default', at('{ from: String ', '{ from: String = "x" '), 'INPUT_NARROWED PeriodInput.from'],
  ['narrow', 'new input field', 'extend input PeriodInput { zone: String! }', 'INPUT_NARROWED PeriodInput.zone'],
  ['narrow', 'enum value that is gone', at('APP PAPER', 'APP'), 'ENUM_NARROWED Channel.PAPER'],
  ['narrow', 'enum value more', at('APP PAPER', 'APP PAPER PHONE'), 'ENUM_NARROWED Channel.PHONE'],
  ['narrow', 'argument', at('label(short: Boolean)', 'label'), 'ARGUMENT_NARROWED Refusal.label'],

  ['nullability', 'addition', inStub('rank: Int! @owner(party: COMMITTEE)'), 'CONTRIBUTION_NOT_NULLABLE Suggestion.rank'],
  ['nullability', 'reference', 'extend type Desk { top: Suggestion! }', 'REFERENCE_NOT_NULLABLE Desk.top'],
  ['nullability', 'list', 'extend type Desk { top: [Suggestion!]! }', 'REFERENCE_NOT_NULLABLE Desk.top'],
  ['nullability', 'union', 'extend type Desk { top: TriageResult! }', 'REFERENCE_NOT_NULLABLE Desk.top'],
  ['nullability', 'root field', at('triage(id: ID!): Triage', 'triage(id: ID!): TriageResult!'), 'REFERENCE_NOT_NULLABLE Query.triage'],
]

/** A crossing by committees: what is written, what the check says, and the grant that allows it, if one can. */
export interface Crossing {
  readonly kind: string
  readonly element: string
  readonly text: string | Change
  readonly expected: string
  readonly grant?: string
  readonly of?: string
}

/** Each kind of crossing at each kind of element it can touch. */
export const CROSSINGS: readonly Crossing[] = rows.map(([kind, element, text, expected, grant, of]) => ({
  kind,
  element,
  text,
  expected,
  grant,
  of,
}))
