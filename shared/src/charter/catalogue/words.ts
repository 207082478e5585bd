import type { RuleText } from './rule.js'

/** What is said about elements that belong to others or to all: hidden, locked, marked, narrowed. */
export const words = {
  HIDE_NOT_GRANTED: {
    kind: 'hide',
    title: ['未获允许地隐藏他方元素', "Another's element is hidden without a grant"],
    message: ({ coordinate, owner, offender }) => [
      `${offender} 用 @inaccessible 隐藏 ${owner} 的 ${coordinate}。`,
      `${offender} hides ${coordinate} of ${owner} by @inaccessible.`,
    ],
    remedies: () => [['去掉 @inaccessible。', 'Remove @inaccessible.']],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion { text: String @external @inaccessible }',
      grant: { of: 'residents', line: '{ to: committees, hide: Suggestion.text }' },
    },
  },
  HIDE_SHARED: {
    kind: 'hide',
    title: ['隐藏众人所用的元素', 'A key or an element of all is hidden'],
    message: ({ coordinate, offender }) => [
      `${offender} 用 @inaccessible 隐藏众人所用的 ${coordinate}；任何授权都不能允许。`,
      `${offender} hides ${coordinate}, on which others stand, by @inaccessible; no grant can allow it.`,
    ],
    remedies: () => [['去掉 @inaccessible。', 'Remove @inaccessible.']],
    example: {
      in: 'committees',
      replaces: 'type Suggestion @key(fields: "id") { id: ID!',
      refused: 'type Suggestion @key(fields: "id") { id: ID! @inaccessible',
      accepted: 'type Suggestion @key(fields: "id") { id: ID!',
    },
  },
  LOCK_FOREIGN: {
    kind: 'lock',
    title: ['给他方元素上锁', "Another's element is locked"],
    message: ({ coordinate, owner, offender, detail }) => [
      `${offender} 用 ${detail} 锁住 ${owner} 的 ${coordinate}。`,
      `${offender} locks ${coordinate} of ${owner} by ${detail}.`,
    ],
    remedies: () => [['锁只放在自己的字段上。', 'Lock fields of your own only.']],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion @authenticated',
      accepted: 'extend type Desk @authenticated',
    },
  },
  LOCK_SHARED: {
    kind: 'lock',
    title: ['给根类型或公共词汇上锁', 'A root type or the commons is locked'],
    message: ({ coordinate, offender, detail }) => [
      `${offender} 用 ${detail} 锁住众人的 ${coordinate}。`,
      `${offender} locks ${coordinate}, which is everybody's, by ${detail}.`,
    ],
    remedies: () => [['逐一锁住自己的根字段。', 'Lock your own root fields one by one.']],
    example: {
      in: 'committees',
      refused: 'extend type Query @authenticated',
      accepted: 'extend type Desk { secret: String @authenticated }',
    },
  },
  LOCK_ABSTRACT: {
    kind: 'lock',
    title: ['给接口上锁', 'An interface is locked'],
    message: ({ coordinate, detail }) => [
      `${coordinate} 属于接口：经具体类型可绕过 ${detail}。`,
      `${coordinate} is of an interface: ${detail} can be passed by through the concrete types.`,
    ],
    remedies: () => [['把锁放在实现该接口的类型上。', 'Put the lock on the types that implement it.']],
    example: {
      in: 'residents',
      refused: 'extend interface Matter @authenticated',
      accepted: 'extend type Resident @authenticated',
    },
  },
  LOCK_INHERITED: {
    kind: 'lock',
    title: ['自己的锁传到他方或公共接口', "A lock of one's own that reaches an interface of others"],
    message: ({ coordinate, offender, detail }) => [
      `合成会把 ${detail} 传到它实现的 ${coordinate}；${offender} 由此锁住所有人的接口。`,
      `Composition carries ${detail} to ${coordinate}, which it implements: ${offender} would lock the interface for everybody.`,
    ],
    remedies: () => [
      ['只锁不属于该接口的字段，或锁住通向它的根字段。', 'Lock fields that are not of the interface, or the root fields that lead there.'],
    ],
    example: {
      in: 'committees',
      refused: 'extend type Triage @authenticated',
      accepted: 'extend type Triage { secret: String @authenticated }',
    },
  },
  MARK_FOREIGN: {
    kind: 'mark',
    title: ['标注他方或公共元素', "Another's or everybody's element is marked"],
    message: ({ coordinate, owner, offender, detail }) => [
      `${offender} 用 ${detail} 标注 ${owner} 的 ${coordinate}。`,
      `${offender} marks ${coordinate} of ${owner} with ${detail}.`,
    ],
    remedies: ({ owner, detail }) => [[`去掉 ${detail}，或请 ${owner} 自己标注。`, `Remove ${detail}, or ask ${owner} to mark it.`]],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion { text: String @external @tag(name: "internal") }',
      accepted: 'extend type Desk { text: String @tag(name: "internal") }',
    },
  },
  DESCRIPTION_FOREIGN: {
    kind: 'mark',
    title: ['描述他方或公共元素', "Another's or everybody's element is described"],
    message: ({ coordinate, owner, offender }) => [
      `${offender} 为 ${owner} 的 ${coordinate} 写了描述。`,
      `${offender} writes a description of ${coordinate} of ${owner}.`,
    ],
    remedies: () => [['去掉描述；只有拥有者描述。', 'Remove the description: the owner alone describes.']],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion { "Not true." text: String @external }',
      accepted: 'extend type Suggestion { text: String @external }',
    },
  },
  COMPOSE_FOREIGN: {
    kind: 'mark',
    title: ['把非公共指令带入超图', 'A directive outside the commons is composed'],
    message: ({ offender, detail }) => [
      `${offender} 用 @composeDirective 把 ${detail} 带入所有人的超图，它不在公共词汇中。`,
      `${offender} brings ${detail} into everybody's supergraph by @composeDirective; it is not of the commons.`,
    ],
    remedies: () => [['去掉它，或提议列入 charter/commons.yaml。', 'Remove it, or propose the directive for charter/commons.yaml.']],
    example: {
      in: 'committees',
      refused: 'extend schema @composeDirective(name: "@tag")',
      accepted: 'extend schema @composeDirective(name: "@owner")',
    },
  },
  COMMONS_DIFFER: {
    kind: 'share',
    title: ['与公共词汇不同', 'A definition that differs from the commons'],
    message: ({ coordinate, offender, detail }) => [
      `公共词汇 ${coordinate} 在 ${offender} 与 ${detail} 中不同。`,
      `${coordinate} of the commons differs between ${offender} and ${detail}.`,
    ],
    remedies: () => [
      ['使用 shared 提供的定义；更改须各方同意。', 'Use the definition from shared; a change needs the consent of the parties.'],
    ],
    example: {
      in: 'committees',
      replaces: 'type Refusal @shareable { message: String!',
      refused: 'type Refusal @shareable { message: String',
      accepted: 'type Refusal @shareable { message: String!',
    },
  },
  INPUT_NARROWED: {
    kind: 'narrow',
    title: ['公共输入变窄', 'An input of the commons is narrowed'],
    message: ({ coordinate, offender, detail }) => [
      `公共输入 ${coordinate} 在 ${offender} 与 ${detail} 中不同；合并取交集。`,
      `The input ${coordinate} of the commons differs between ${offender} and ${detail}; merging keeps what both have.`,
    ],
    remedies: () => [['照公共词汇写；更改须各方同意。', 'Write it as the commons do; a change needs the consent of the parties.']],
    example: {
      in: 'committees',
      replaces: 'input PeriodInput { from: String to: String }',
      refused: 'input PeriodInput { from: String }',
      accepted: 'input PeriodInput { from: String to: String }',
    },
  },
  ENUM_NARROWED: {
    kind: 'narrow',
    title: ['公共枚举增减', 'An enum of the commons loses or gains values'],
    message: ({ coordinate, offender, detail }) => [
      `公共枚举值 ${coordinate} 在 ${offender} 与 ${detail} 中不一致；合并会增减取值。`,
      `${coordinate} of the commons does not stand in both ${offender} and ${detail}; merging drops or adds values for all.`,
    ],
    remedies: () => [['照公共词汇写；更改须各方同意。', 'Write it as the commons do; a change needs the consent of the parties.']],
    example: {
      in: 'committees',
      replaces: 'enum Channel { APP PAPER }',
      refused: 'enum Channel { APP }',
      accepted: 'enum Channel { PAPER APP }',
    },
  },
  ARGUMENT_NARROWED: {
    kind: 'narrow',
    title: ['公共字段的参数变窄', 'An argument of the commons is narrowed'],
    message: ({ coordinate, offender, detail }) => [
      `公共字段 ${coordinate} 的参数在 ${offender} 与 ${detail} 中不同；合并取交集。`,
      `The arguments of ${coordinate} of the commons differ between ${offender} and ${detail}; merging keeps what both have.`,
    ],
    remedies: () => [['照公共词汇写；更改须各方同意。', 'Write it as the commons do; a change needs the consent of the parties.']],
    example: {
      in: 'committees',
      replaces: 'label(short: Boolean): String',
      refused: 'label: String',
      accepted: 'label(short: Boolean): String',
    },
  },
} satisfies Readonly<Record<string, RuleText>>
