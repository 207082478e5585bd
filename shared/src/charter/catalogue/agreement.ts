import type { RuleText } from './rule.js'

/** The charter and the schemas name the same things, and each says who owns it. */
export const agreement = {
  SDL_MALFORMED: {
    kind: 'agreement',
    title: ['schema 无法解析', 'A schema that does not parse'],
    message: ({ offender, detail }) => [`${offender} 的 schema 无法解析：${detail}`, `The schema of ${offender} does not parse: ${detail}`],
    remedies: () => [['修正该行，或重新生成该文件。', 'Mend the line, or print the file again.']],
    example: { in: 'committees', refused: 'type Note {{', accepted: '# a comment parses' },
  },
  SUBGRAPH_WITHOUT_CHARTER: {
    kind: 'agreement',
    title: ['没有章程的子图', 'A subgraph without a charter'],
    message: ({ offender }) => [`章程中没有名为 ${offender} 的一方或子图。`, `No party or subgraph of the charter is named ${offender}.`],
    remedies: ({ offender }) => [
      [
        `添加 charter/${offender}.yaml，或在所属一方的 subgraphs 中写上它。`,
        `Add charter/${offender}.yaml, or name it under subgraphs of its party.`,
      ],
    ],
    example: { in: 'police', refused: 'type Query { arrest: Boolean }' },
  },
  PARTY_WITHOUT_SUBGRAPH: {
    kind: 'agreement',
    title: ['没有子图的一方', 'A party without a subgraph'],
    message: ({ owner }) => [`${owner} 有章程而没有 schema。`, `${owner} has a charter but no schema.`],
    remedies: ({ owner }) => [
      [`检查时加上 --subgraph ${owner}=文件，或删除章程文件。`, `Check with --subgraph ${owner}=FILE, or remove the charter file.`],
    ],
  },
  TYPE_UNOWNED: {
    kind: 'agreement',
    title: ['不属于任何一方的类型', 'A type that nobody owns'],
    message: ({ coordinate }) => [`${coordinate} 不属于任何一方。`, `Nobody owns ${coordinate}.`],
    remedies: ({ party }) => [[`写入 charter/${party}.yaml 的 owns.types。`, `Add it to owns.types of charter/${party}.yaml.`]],
    example: {
      in: 'committees',
      refused: 'type Score @owner(party: COMMITTEE) { points: Int }',
      accepted: 'extend type Desk { points: Int }',
    },
  },
  TYPE_MISSING: {
    kind: 'agreement',
    title: ['章程中有而 schema 中没有的类型', 'A type of the charter that is not defined'],
    message: ({ coordinate, owner }) => [
      `章程说 ${owner} 拥有 ${coordinate}，但其 schema 未定义。`,
      `The charter says that ${owner} owns ${coordinate}, but its schema does not define it.`,
    ],
    remedies: () => [['定义它，或从章程中删除。', 'Define it, or take it out of the charter.']],
    example: { in: 'committees', replaces: 'enum Route { HERE THERE }', refused: '', accepted: 'enum Route { HERE THERE }' },
  },
  OWNER_UNSTATED: {
    kind: 'agreement',
    title: ['没有写明拥有者的对象', 'An object that names no owner'],
    message: ({ coordinate }) => [`${coordinate} 没有写明拥有者。`, `${coordinate} does not state its owner.`],
    remedies: ({ detail }) => [[`加上 @owner(party: ${detail})。`, `Add @owner(party: ${detail}).`]],
    example: {
      in: 'committees',
      replaces: 'type Desk @owner(party: COMMITTEE) {',
      refused: 'type Desk {',
      accepted: 'type Desk @owner(party: COMMITTEE) {',
    },
  },
  OWNER_DISAGREES: {
    kind: 'agreement',
    title: ['与章程不一致的 @owner', 'An @owner that disagrees with the charter'],
    message: ({ coordinate, owner, detail }) => [
      `${coordinate} 写明属于 ${detail}，章程上属于 ${owner}。`,
      `${coordinate} says it belongs to ${detail}; the charter gives it to ${owner}.`,
    ],
    remedies: () => [['让 @owner 与章程一致。', 'Make @owner agree with the charter.']],
    example: {
      in: 'committees',
      replaces: 'type Desk @owner(party: COMMITTEE) {',
      refused: 'type Desk @owner(party: RESIDENT) {',
      accepted: 'type Desk @owner(party: COMMITTEE) {',
    },
  },
  CONTRIBUTION_UNSIGNED: {
    kind: 'agreement',
    title: ['没有署名的补充字段', 'An addition that is not signed'],
    message: ({ coordinate, offender }) => [
      `${coordinate} 是 ${offender} 添加的，却没有写明。`,
      `${coordinate} is added by ${offender} and does not say so.`,
    ],
    remedies: ({ detail }) => [[`给该字段加上 @owner(party: ${detail})。`, `Put @owner(party: ${detail}) on the field.`]],
    example: {
      in: 'committees',
      refused: 'extend type Suggestion { priority: Int }',
      accepted: 'extend type Suggestion { priority: Int @owner(party: COMMITTEE) }',
    },
  },
  ROOT_FIELD_UNOWNED: {
    kind: 'agreement',
    title: ['不属于任何一方的根字段', 'A root field that nobody owns'],
    message: ({ coordinate }) => [`${coordinate} 不属于任何一方。`, `Nobody owns ${coordinate}.`],
    remedies: ({ party }) => [[`写入 charter/${party}.yaml 的 owns。`, `Add it to owns of charter/${party}.yaml.`]],
    example: { in: 'committees', refused: 'extend type Query { desks: [Desk] }', accepted: 'extend type Desk { next: Desk }' },
  },
  ROOT_FIELD_MISSING: {
    kind: 'agreement',
    title: ['章程中有而 schema 中没有的根字段', 'A root field of the charter that is not defined'],
    message: ({ coordinate, owner }) => [
      `章程说 ${owner} 拥有 ${coordinate}，但其 schema 没有。`,
      `The charter says that ${owner} owns ${coordinate}, but its schema has none.`,
    ],
    remedies: () => [['定义它，或从章程中删除。', 'Define it, or take it out of the charter.']],
    example: { in: 'committees', replaces: ' desk: Desk }', refused: ' }', accepted: ' desk: Desk }' },
  },
} satisfies Readonly<Record<string, RuleText>>
