import type { RuleText } from './rule.js'

/** Who defines, adds, answers, enters. */
export const claims = {
  TYPE_TAKEN: {
    kind: 'claim',
    title: ['定义了他方的类型', "Another's type is defined"],
    message: ({ coordinate, owner, offender }) => [
      `${offender} 定义了属于 ${owner} 的 ${coordinate}。`,
      `${offender} defines ${coordinate}, which ${owner} owns.`,
    ],
    remedies: () => [
      ['用 @key 引用该实体。', 'Refer to the entity by @key.'],
      ['值类型请自建，或提议列入公共词汇。', 'For a value type make your own, or propose it for the commons.'],
    ],
    example: { in: 'committees', refused: 'enum Stage { OPEN CLOSED }', accepted: 'extend type Suggestion { stage: String @external }' },
  },
  FIELD_TAKEN: {
    kind: 'claim',
    title: ['回答了他方的字段', "Another's field is answered"],
    message: ({ coordinate, owner, offender }) => [
      `${coordinate} 属于 ${owner}；${offender} 不得定义。`,
      `${coordinate} belongs to ${owner}; ${offender} may not define it.`,
    ],
    remedies: () => [
      ['只引用时标上 @external。', 'Mark it @external if you only refer to it.'],
      ['把它放在自己的类型上，用自己的名称。', 'Put it on a type of your own, under a name of your own.'],
    ],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion { text: String @shareable }',
      accepted: 'extend type Suggestion { text: String @external }',
    },
  },
  ROOT_FIELD_TAKEN: {
    kind: 'claim',
    title: ['定义了他方的根字段', "Another's root field is defined"],
    message: ({ coordinate, owner, offender }) => [
      `${offender} 定义了属于 ${owner} 的 ${coordinate}。`,
      `${offender} defines ${coordinate}, which ${owner} owns.`,
    ],
    remedies: () => [['另取名称。', 'Choose another name.']],
    example: {
      in: 'committees',
      refused: 'extend type Query { suggestion(id: ID!): Suggestion }',
      accepted: 'extend type Desk { suggestion(id: ID!): Suggestion }',
    },
  },
  EXTEND_NOT_GRANTED: {
    kind: 'extend',
    title: ['未获允许的补充字段', 'An addition without a grant'],
    message: ({ coordinate, owner, offender }) => [
      `${offender} 未经 ${owner} 允许添加了 ${coordinate}。`,
      `${offender} adds ${coordinate} without a grant of ${owner}.`,
    ],
    remedies: () => [['把字段放在自己的类型上。', 'Put the field on a type of your own.']],
    example: {
      in: 'committees',
      refused: 'type Resident @key(fields: "id") { id: ID! visits: Int @owner(party: COMMITTEE) }',
      grant: { of: 'residents', line: '{ to: committees, extend: Resident }' },
    },
  },
  OVERRIDE_NOT_GRANTED: {
    kind: 'override',
    title: ['未获允许的 @override', '@override without a grant'],
    message: ({ coordinate, owner, offender, detail }) => [
      `${offender} 用 @override 从 ${detail} 接管 ${owner} 的 ${coordinate}。`,
      `${offender} takes ${coordinate} of ${owner} over from ${detail} by @override.`,
    ],
    remedies: () => [['去掉 @override；标上 @external 引用。', 'Remove @override; refer to the field with @external.']],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion { text: String @override(from: "residents") }',
      grant: { of: 'residents', line: '{ to: committees, override: Suggestion.text }' },
    },
  },
  IMPLEMENTER_INJECTED: {
    kind: 'inject',
    title: ['未获允许地实现他方接口', "Another's interface is implemented without a grant"],
    message: ({ coordinate, owner, detail }) => [
      `${detail} 未经 ${owner} 允许实现其接口 ${coordinate}。`,
      `${detail} implements ${coordinate} without a grant of ${owner}.`,
    ],
    remedies: () => [['实现公共词汇的接口，或自建接口。', 'Implement an interface of the commons, or make your own.']],
    example: {
      in: 'committees',
      refused: 'interface Matter { id: ID! }\nextend type Triage implements Matter',
      grant: { of: 'residents', line: '{ to: committees, implement: Matter }' },
    },
  },
  MEMBER_INJECTED: {
    kind: 'inject',
    title: ['未获允许地加入他方联合', "Another's union is joined without a grant"],
    message: ({ coordinate, owner, offender, detail }) => [
      `${offender} 未经 ${owner} 允许把 ${detail} 加入 ${coordinate}。`,
      `${offender} adds ${detail} to the union ${coordinate} without a grant of ${owner}.`,
    ],
    remedies: () => [['自建联合。', 'Make a union of your own.']],
    example: {
      in: 'committees',
      refused: 'union SubmitResult = Triage',
      grant: { of: 'residents', line: '{ to: committees, implement: SubmitResult }' },
    },
  },
  INTERFACE_OBJECT: {
    kind: 'inject',
    title: ['未获允许的 @interfaceObject', '@interfaceObject without a grant'],
    message: ({ coordinate, owner, offender, detail }) => [
      `${offender} 以 @interfaceObject ${detail} 进入 ${owner} 的 ${coordinate} 及其实现者。`,
      `${offender} enters ${coordinate} of ${owner} and what implements it by @interfaceObject ${detail}.`,
    ],
    remedies: () => [['逐一扩展获准的实体。', 'Extend the entities one by one, under their grants.']],
    example: {
      in: 'committees',
      refused: 'type Matter @interfaceObject @key(fields: "id") { id: ID! weight: Int @owner(party: COMMITTEE) }',
      grant: { of: 'residents', line: '{ to: committees, implement: Matter }' },
    },
  },
  INTERFACE_ADDED: {
    kind: 'inject',
    title: ['给他方类型加上接口', "An interface is put on another's type"],
    message: ({ coordinate, owner, offender, detail }) => [
      `${offender} 声明 ${owner} 的 ${coordinate} 实现 ${detail}，其拥有者未声明。`,
      `${offender} says that ${coordinate} of ${owner} implements ${detail}; its owner does not.`,
    ],
    remedies: ({ owner }) => [[`请 ${owner} 在自己的 schema 中声明。`, `Ask ${owner} to declare it in its own schema.`]],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion implements Party { name: String @external }',
      accepted: 'extend type Suggestion implements Node',
    },
  },
  VALUE_SHARED: {
    kind: 'share',
    title: ['公共词汇之外的共享值类型', 'A value type shared outside the commons'],
    message: ({ coordinate, owner, offender }) => [
      `${coordinate} 同时由 ${owner} 与 ${offender} 定义，却不在公共词汇中。`,
      `${coordinate} is defined by ${owner} and by ${offender}, and is not of the commons.`,
    ],
    remedies: () => [
      ['自建类型，用自己的名称。', 'Make a type of your own, under a name of your own.'],
      ['提议列入 charter/commons.yaml。', 'Propose it for charter/commons.yaml.'],
    ],
    example: {
      in: 'committees',
      refused: 'type Address @shareable { street: String }',
      accepted: 'extend type Desk { street: String }',
    },
  },
  COPY_DIFFERS: {
    kind: 'share',
    title: ['与原定义不同的引用字段', "A repeated field that differs from its owner's"],
    message: ({ coordinate, owner, detail }) => [
      `${coordinate} 与 ${owner} 的定义（${detail}）不同。`,
      `${coordinate} differs from its definition by ${owner}, ${detail}.`,
    ],
    remedies: ({ detail }) => [[`照原样写：${detail}。`, `Write it as its owner does: ${detail}.`]],
    example: {
      in: 'committees',
      replaces: 'type Suggestion @key(fields: "id") { id: ID!',
      refused: 'type Suggestion @key(fields: "id") { id: ID',
      accepted: 'type Suggestion @key(fields: "id") { id: ID!',
    },
  },
} satisfies Readonly<Record<string, RuleText>>
