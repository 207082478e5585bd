import type { RuleText } from './rule.js'

/** What the check does not know, it does not pass. */
export const unknown = {
  CONSTRUCT_UNKNOWN: {
    kind: 'unknown',
    title: ['检查不认识的构造', 'A construct the check does not know'],
    message: ({ offender, detail }) => [
      `${offender} 的 schema 含有检查不认识的 ${detail}。`,
      `The schema of ${offender} holds ${detail}, which the check does not know.`,
    ],
    remedies: () => [['删除它，或先在检查中教会它。', 'Remove it, or teach it to the check first.']],
    example: { in: 'committees', refused: 'query Peek { __typename }', accepted: '# operations do not belong into a schema' },
  },
  LINK_UNKNOWN: {
    kind: 'unknown',
    title: ['检查不认识的 @link', 'A @link the check does not know'],
    message: ({ offender, detail }) => [
      `${offender} 的 @link 含有检查不认识的 ${detail}。`,
      `A @link of ${offender} holds ${detail}, which the check does not know.`,
    ],
    remedies: () => [
      [
        '只用 federation v2.0–v2.9 与章程规范，别名不得与其他指令同名。',
        "Link federation v2.0–v2.9 and the charter's specification only; no alias may be another directive's name.",
      ],
    ],
    example: {
      in: 'committees',
      refused: 'extend schema @link(url: "https://specs.apollo.dev/connect/v0.1", import: ["@connect"])',
      accepted: 'extend schema @link(url: "https://specs.apollo.dev/link/v1.0")',
    },
  },
  DIRECTIVE_UNOWNED: {
    kind: 'unknown',
    title: ['不在公共词汇中的指令', 'A directive outside the commons'],
    message: ({ coordinate }) => [`指令 ${coordinate} 不在公共词汇中。`, `The directive ${coordinate} is not in the commons.`],
    remedies: () => [['提议列入 charter/commons.yaml，或删除。', 'Propose it for charter/commons.yaml, or remove it.']],
    example: { in: 'committees', refused: 'directive @shout on OBJECT', accepted: '# a directive of the commons does' },
  },
  DIRECTIVE_UNKNOWN: {
    kind: 'unknown',
    title: ['检查不认识的指令', 'A directive the check does not know'],
    message: ({ coordinate, detail }) => [
      `${coordinate} 带有检查不认识的 ${detail}。`,
      `${coordinate} carries ${detail}, which the check does not know.`,
    ],
    remedies: () => [['删除它，或先在检查中教会它。', 'Remove it, or teach it to the check first.']],
    example: { in: 'committees', refused: 'extend type Desk @cacheTag(format: "desk")', accepted: 'extend type Desk { cached: Boolean }' },
  },
  DIRECTIVE_MISPLACED: {
    kind: 'unknown',
    title: ['位置或参数不对的指令', 'A directive at a place, or with arguments, that are not its own'],
    message: ({ coordinate, detail }) => [
      `${coordinate} 上的 ${detail} 位置或参数不对。`,
      `${detail} on ${coordinate} stands at a place, or has an argument, that the check does not know.`,
    ],
    remedies: () => [['按规范书写。', 'Write it as its specification says.']],
    example: {
      in: 'committees',
      refused: 'extend type Desk { open: Int @tag(name: "a", hidden: true) }',
      accepted: 'extend type Desk { open: Int @tag(name: "a") }',
    },
  },
  SELECTION_UNREADABLE: {
    kind: 'unknown',
    title: ['无法读懂的字段选择', 'A selection that cannot be read'],
    message: ({ coordinate, detail }) => [
      `${coordinate} 上 ${detail} 的 fields 无法读懂。`,
      `The fields of ${detail} on ${coordinate} cannot be read.`,
    ],
    remedies: () => [
      [
        '写成字段选择，例如 "id cell { id }"，且类型在本图中有定义。',
        'Write a selection such as "id cell { id }" of types that are defined.',
      ],
    ],
    example: {
      in: 'committees',
      refused: 'extend type Triage @key(fields: "id {")',
      accepted: 'extend type Triage @key(fields: "id", resolvable: false)',
    },
  },
} satisfies Readonly<Record<string, RuleText>>
