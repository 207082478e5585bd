import type { RuleText } from './rule.js'

/** Where values go, and what a failure takes along. */
export const flows = {
  RECEIVE_REQUIRES: {
    kind: 'receive',
    title: ['未获允许的 @requires', '@requires without a grant'],
    message: ({ coordinate, owner, offender, detail }) => [
      `${detail} 的 @requires 让 ${offender} 收到 ${owner} 的 ${coordinate}。`,
      `@requires of ${detail} makes ${offender} receive ${coordinate} of ${owner}.`,
    ],
    remedies: () => [['由自己的数据计算该字段。', 'Compute the field from data of your own.']],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion { text: String @external length: Int @requires(fields: "text") @owner(party: COMMITTEE) }',
      grant: {
        of: 'residents',
        line: '{ to: committees, receive: [Suggestion.text], purpose: CASE_HANDLING, until: 2027-12-31 }',
      },
    },
  },
  RECEIVE_KEY: {
    kind: 'receive',
    title: ['键中带有他方的值', "A key that carries another's value"],
    message: ({ coordinate, owner, offender }) => [
      `${offender} 的 @key 带上了 ${owner} 的 ${coordinate}，不只是 id。`,
      `A @key of ${offender} carries ${coordinate} of ${owner}, which is more than the plain id.`,
    ],
    remedies: () => [['只用 @key(fields: "id")。', 'Use @key(fields: "id") alone.']],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion @key(fields: "number") { number: String! }',
      grant: {
        of: 'residents',
        line: '{ to: committees, receive: [Suggestion.number], purpose: CASE_HANDLING, until: 2027-12-31 }',
      },
    },
  },
  RECEIVE_PROVIDES: {
    kind: 'receive',
    title: ['未获允许的 @provides', '@provides without a grant'],
    message: ({ coordinate, owner, offender, detail }) => [
      `${detail} 的 @provides 让 ${offender} 持有并回答 ${owner} 的 ${coordinate}。`,
      `@provides of ${detail} means that ${offender} holds ${coordinate} of ${owner} and answers it.`,
    ],
    remedies: () => [['去掉 @provides，由拥有者回答。', 'Remove @provides: its owner answers.']],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion { text: String @external }\nextend type Desk { top: Suggestion @provides(fields: "text") }',
      grant: {
        of: 'residents',
        line: '{ to: committees, receive: [Suggestion.text], purpose: CASE_HANDLING, until: 2027-12-31 }',
      },
    },
  },
  RECEIVE_CHAIN: {
    kind: 'receive',
    title: ['经他人计算后收到的值', "Another's value behind a computed field"],
    message: ({ coordinate, owner, offender, detail }) => [
      `${offender} 经由 ${detail} 收到 ${owner} 的 ${coordinate}。`,
      `${offender} receives ${coordinate} of ${owner} by the way ${detail}.`,
    ],
    remedies: () => [['不要依赖由他方数据算出的字段。', "Do not build on a field that is computed from others' values."]],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion { urgency: Int @external rank: Int @requires(fields: "urgency") @owner(party: COMMITTEE) }',
      grant: {
        of: 'residents',
        line: '{ to: committees, receive: [Suggestion.cell], purpose: CASE_HANDLING, until: 2027-12-31 }',
      },
    },
  },
  RECEIVE_CONTEXT: {
    kind: 'receive',
    title: ['上下文参数', 'Contextual arguments'],
    message: ({ coordinate }) => [
      `${coordinate} 使用上下文参数，其来源无法从 schema 判断。`,
      `${coordinate} uses contextual arguments; the schema cannot tell where they come from.`,
    ],
    remedies: () => [['改用普通参数，或经授权的 @requires。', 'Use plain arguments, or @requires under a grant.']],
    example: {
      in: 'committees',
      refused: 'extend type Desk @context(name: "desk") { size: Int }',
      accepted: 'extend type Desk { size(of: Int): Int }',
    },
  },
  PERSONAL_KEY: {
    kind: 'expose',
    title: ['键中的个人信息', 'Personal data in a key'],
    message: ({ coordinate, detail }) => [
      `${detail} 的键带有个人信息 ${coordinate}。`,
      `A key of ${detail} carries ${coordinate}, which is personal.`,
    ],
    remedies: () => [['键只用不含信息的 id。', 'Use an id that says nothing as key.']],
    example: {
      in: 'residents',
      refused: 'extend type Resident @key(fields: "contact")',
      accepted: 'extend type Resident @key(fields: "id", resolvable: true)',
    },
  },
  PERSONAL_ID: {
    kind: 'expose',
    title: ['带有个人信息的 id', 'A personal id'],
    message: ({ coordinate }) => [`${coordinate} 是 id，却带有个人信息。`, `${coordinate} is an id and carries personal data.`],
    remedies: () => [
      ['用不含信息的 id，个人信息放在另一个字段。', 'Use an id that says nothing, and a field of another type for the value.'],
    ],
    example: {
      in: 'residents',
      refused: 'extend type Resident { card: ID @personal(class: IDENTITY) }',
      accepted: 'extend type Resident { card: String @personal(class: IDENTITY) }',
    },
  },
  PERSONAL_ARGUMENT: {
    kind: 'expose',
    title: ['根参数中的个人信息', 'Personal data in a root argument'],
    message: ({ coordinate, detail }) => [
      `${detail} 的参数 ${coordinate} 带有可识别个人的信息。`,
      `The argument ${coordinate} of ${detail} carries a value that identifies a person.`,
    ],
    remedies: () => [['按 id 查询，或由拥有者以 mutation 办理。', 'Ask by id, or let the owner perform it as an act.']],
    example: {
      in: 'residents',
      replaces: 'resident(id: ID!): Resident',
      refused: 'resident(contact: String!): Resident',
      accepted: 'resident(id: ID!): Resident',
    },
  },
  CONTRIBUTION_NOT_NULLABLE: {
    kind: 'nullability',
    title: ['不可为空的补充字段', 'An addition that may not be null'],
    message: ({ coordinate, owner, offender }) => [
      `${coordinate} 不可为空：${offender} 出错会抹去 ${owner} 的数据。`,
      `${coordinate} is non-null: a failure of ${offender} would erase data of ${owner}.`,
    ],
    remedies: () => [['去掉末尾的感叹号。', 'Remove the outer exclamation mark.']],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion { rank: Int! @owner(party: COMMITTEE) }',
      accepted: 'extend type Suggestion { rank: Int @owner(party: COMMITTEE) }',
    },
  },
  REFERENCE_NOT_NULLABLE: {
    kind: 'nullability',
    title: ['不可为空的他方引用', "A non-null reference to another's record"],
    message: ({ coordinate, offender, detail }) => [
      `${coordinate} 通向他方的 ${detail} 且不可为空：对方出错会抹去 ${offender} 的数据。`,
      `${coordinate} leads to another's ${detail} and is non-null: that party's failure would erase data of ${offender}.`,
    ],
    remedies: () => [['使该字段或列表项可为空。', 'Make the field, or the items of the list, nullable.']],
    example: {
      in: 'committees',
      refused: 'extend type Desk { open: [Suggestion!]! }',
      accepted: 'extend type Desk { open: [Suggestion]! }',
    },
  },
} satisfies Readonly<Record<string, RuleText>>
