import type { Bilingual } from './model.js'

/** Where a finding was made. The line starts at 1. */
export interface Offender {
  readonly subgraph: string
  readonly file: string
  readonly line: number
}

/** One disagreement between a subgraph's schema and the charter, as people and machines read it. */
export interface Finding {
  readonly code: FindingCode
  /** `Type`, `Type.field` or `@directive`. */
  readonly coordinate: string
  /** The party that owns the coordinate, `commons`, or undefined when nobody does. */
  readonly owner: string | undefined
  readonly offender: Offender
  readonly message: Bilingual
  readonly remedy: Bilingual
}

interface Subject {
  readonly coordinate: string
  readonly owner: string | undefined
  readonly offender: Offender
}

type Catalogue = Readonly<Record<string, (subject: Subject, detail: string) => { message: Bilingual; remedy: Bilingual }>>

/** One entry per rule of the check; `detail` is what the entry's sentence needs besides the subject. */
const catalogue = {
  SDL_MALFORMED: ({ offender }, reason) => ({
    message: {
      zh: `${offender.subgraph} 的 schema 无法解析：${reason}`,
      en: `The schema of ${offender.subgraph} does not parse: ${reason}`,
    },
    remedy: { zh: '重新生成该文件：npm run generate。', en: 'Print it again: npm run generate.' },
  }),
  SUBGRAPH_WITHOUT_CHARTER: ({ offender }) => ({
    message: { zh: `没有名为 ${offender.subgraph} 的一方。`, en: `No party of the charter is named ${offender.subgraph}.` },
    remedy: { zh: `添加 charter/${offender.subgraph}.yaml。`, en: `Add charter/${offender.subgraph}.yaml.` },
  }),
  PARTY_WITHOUT_SUBGRAPH: ({ owner }) => ({
    message: { zh: `${owner} 有章程而没有 schema。`, en: `${owner} has a charter but no schema.` },
    remedy: {
      zh: `提供 subgraphs/${owner}/schema.graphql，或删除章程文件。`,
      en: `Provide subgraphs/${owner}/schema.graphql, or remove the charter file.`,
    },
  }),
  TYPE_UNOWNED: ({ coordinate, offender }) => ({
    message: { zh: `${coordinate} 不属于任何一方。`, en: `Nobody owns ${coordinate}.` },
    remedy: {
      zh: `写入 charter/${offender.subgraph}.yaml 的 owns.types。`,
      en: `Add it to owns.types of charter/${offender.subgraph}.yaml.`,
    },
  }),
  TYPE_TAKEN: ({ coordinate, owner, offender }) => ({
    message: {
      zh: `${offender.subgraph} 定义了属于 ${owner} 的 ${coordinate}。`,
      en: `${offender.subgraph} defines ${coordinate}, which ${owner} owns.`,
    },
    remedy: {
      zh: '用 @key 引用该实体；值类型请自建，或提议列入公共词汇。',
      en: 'Refer to the entity by @key; for a value type make your own, or propose it for the commons.',
    },
  }),
  TYPE_MISSING: ({ coordinate, owner }) => ({
    message: {
      zh: `章程说 ${owner} 拥有 ${coordinate}，但其 schema 未定义。`,
      en: `The charter says that ${owner} owns ${coordinate}, but its schema does not define it.`,
    },
    remedy: { zh: '定义它，或从章程中删除。', en: 'Define it, or take it out of the charter.' },
  }),
  OWNER_UNSTATED: ({ coordinate }, kind) => ({
    message: { zh: `${coordinate} 没有写明拥有者。`, en: `${coordinate} does not state its owner.` },
    remedy: { zh: `加上 @owner(party: ${kind})。`, en: `Add @owner(party: ${kind}).` },
  }),
  OWNER_DISAGREES: ({ coordinate, owner }, stated) => ({
    message: {
      zh: `${coordinate} 写明属于 ${stated}，章程上属于 ${owner}。`,
      en: `${coordinate} says it belongs to ${stated}; the charter gives it to ${owner}.`,
    },
    remedy: { zh: '让 @owner 与章程一致。', en: 'Make @owner agree with the charter.' },
  }),
  EXTEND_NOT_GRANTED: ({ coordinate, owner, offender }, type) => ({
    message: {
      zh: `${offender.subgraph} 未经 ${owner} 允许添加了 ${coordinate}。`,
      en: `${offender.subgraph} adds ${coordinate} without a grant of ${owner}.`,
    },
    remedy: {
      zh: `请 ${owner} 在 charter/${owner}.yaml 授权 { to: ${offender.subgraph}, extend: ${type} }，或把字段放在自己的类型上。`,
      en: `Ask ${owner} for { to: ${offender.subgraph}, extend: ${type} } in charter/${owner}.yaml, or put the field on a type of your own.`,
    },
  }),
  CONTRIBUTION_UNSIGNED: ({ coordinate, offender }, kind) => ({
    message: {
      zh: `${coordinate} 是 ${offender.subgraph} 添加的，却没有写明。`,
      en: `${coordinate} is added by ${offender.subgraph} and does not say so.`,
    },
    remedy: { zh: `给该字段加上 @owner(party: ${kind})。`, en: `Put @owner(party: ${kind}) on the field.` },
  }),
  CONTRIBUTION_NOT_NULLABLE: ({ coordinate, owner, offender }) => ({
    message: {
      zh: `${coordinate} 不可为空：${offender.subgraph} 出错会抹去 ${owner} 的数据。`,
      en: `${coordinate} is non-null: a failure of ${offender.subgraph} would erase data of ${owner}.`,
    },
    remedy: { zh: '去掉末尾的感叹号。', en: 'Remove the outer exclamation mark.' },
  }),
  REFERENCE_NOT_NULLABLE: ({ coordinate, offender }, target) => ({
    message: {
      zh: `${coordinate} 通向他方的 ${target} 且不可为空：对方出错会抹去 ${offender.subgraph} 的数据。`,
      en: `${coordinate} leads to another's ${target} and is non-null: that party's failure would erase data of ${offender.subgraph}.`,
    },
    remedy: { zh: '使该字段或列表项可为空。', en: 'Make the field, or the items of the list, nullable.' },
  }),
  ROOT_FIELD_UNOWNED: ({ coordinate, offender }) => ({
    message: { zh: `${coordinate} 不属于任何一方。`, en: `Nobody owns ${coordinate}.` },
    remedy: { zh: `写入 charter/${offender.subgraph}.yaml 的 owns。`, en: `Add it to owns of charter/${offender.subgraph}.yaml.` },
  }),
  ROOT_FIELD_TAKEN: ({ coordinate, owner, offender }) => ({
    message: {
      zh: `${offender.subgraph} 定义了属于 ${owner} 的 ${coordinate}。`,
      en: `${offender.subgraph} defines ${coordinate}, which ${owner} owns.`,
    },
    remedy: { zh: '另取名称。', en: 'Choose another name.' },
  }),
  ROOT_FIELD_MISSING: ({ coordinate, owner }) => ({
    message: {
      zh: `章程说 ${owner} 拥有 ${coordinate}，但其 schema 没有。`,
      en: `The charter says that ${owner} owns ${coordinate}, but its schema has none.`,
    },
    remedy: { zh: '定义它，或从章程中删除。', en: 'Define it, or take it out of the charter.' },
  }),
  MUTATION_WITHOUT_ACT: ({ coordinate }) => ({
    message: { zh: `${coordinate} 没有写明依据哪项职能。`, en: `${coordinate} does not say which act it performs.` },
    remedy: { zh: '加上 @act(code:)。', en: 'Add @act(code:).' },
  }),
  ACT_UNKNOWN: ({ coordinate, offender }, code) => ({
    message: { zh: `${coordinate} 的职能 ${code} 不在任何章程中。`, en: `The act ${code} of ${coordinate} stands in no charter.` },
    remedy: { zh: `登记到 charter/${offender.subgraph}.yaml 的 acts。`, en: `Enter it under acts of charter/${offender.subgraph}.yaml.` },
  }),
  ACT_NOT_YOURS: ({ coordinate, owner, offender }, code) => ({
    message: {
      zh: `${coordinate}：职能 ${code} 属于 ${owner}，不属于 ${offender.subgraph}。`,
      en: `${coordinate}: the act ${code} belongs to ${owner}, not to ${offender.subgraph}.`,
    },
    remedy: {
      zh: '以自己的职能写自己的记录；需要对方行动时用成对记录。',
      en: 'Write your own record under your own act; when the other must act, use a paired record.',
    },
  }),
  ACT_FOR_OTHER_MUTATION: ({ coordinate }, act) => ({
    message: {
      zh: `${coordinate} 使用了为另一个 mutation 登记的职能 ${act}。`,
      en: `${coordinate} uses the act ${act}, which stands for another mutation.`,
    },
    remedy: { zh: '为该 mutation 登记自己的代码。', en: 'Enter a code of its own for this mutation.' },
  }),
  ACT_DEAD: ({ coordinate }, code) => ({
    message: { zh: `职能 ${code} 没有对应的 ${coordinate}。`, en: `The act ${code} has no ${coordinate}.` },
    remedy: { zh: '实现它，或从章程中删除。', en: 'Build it, or take it out of the charter.' },
  }),
  MUTATION_RETURNS_FOREIGN: ({ coordinate, offender }, type) => ({
    message: {
      zh: `${coordinate} 返回 ${type}：既不属于 ${offender.subgraph}，也未由其补充。`,
      en: `${coordinate} returns ${type}, which ${offender.subgraph} neither owns nor contributes to.`,
    },
    remedy: { zh: '返回自己的记录或 Refusal。', en: 'Return a record of your own, or Refusal.' },
  }),
  COMMONS_DIFFER: ({ coordinate, offender }, other) => ({
    message: {
      zh: `公共词汇 ${coordinate} 在 ${offender.subgraph} 与 ${other} 中不同。`,
      en: `${coordinate} of the commons differs between ${offender.subgraph} and ${other}.`,
    },
    remedy: {
      zh: '使用 shared 提供的定义；更改须各方同意。',
      en: 'Use the definition from shared; a change needs the consent of the parties.',
    },
  }),
  DIRECTIVE_UNOWNED: ({ coordinate }) => ({
    message: { zh: `指令 ${coordinate} 不在公共词汇中。`, en: `The directive ${coordinate} is not in the commons.` },
    remedy: { zh: '提议列入 charter/commons.yaml，或删除。', en: 'Propose it for charter/commons.yaml, or remove it.' },
  }),
} satisfies Catalogue

export type FindingCode = keyof typeof catalogue

/** Every code the check can report, for the documentation and for the test that each one is provoked. */
export const FINDING_CODES = Object.keys(catalogue) as FindingCode[]

/** Makes the finding of a code: the catalogue's sentences about this subject. */
export function finding(code: FindingCode, subject: Subject, detail = ''): Finding {
  return { code, ...subject, ...catalogue[code](subject, detail) }
}

/** `file:line CODE message; remedy`, English first, for terminals and CI logs. */
export function formatFinding({ code, coordinate, offender, message, remedy }: Finding): string {
  return `${offender.file}:${offender.line} ${code} ${coordinate}: ${message.en} ${remedy.en}\n  ${message.zh}${remedy.zh}`
}
