import type { Bilingual } from '../model.js'

/** What a finding is about: the crossings of the charter, the acts, the agreement itself, and what nobody understands. */
export const FINDING_KINDS = [
  'agreement',
  'claim',
  'extend',
  'receive',
  'override',
  'hide',
  'lock',
  'mark',
  'share',
  'inject',
  'narrow',
  'expose',
  'nullability',
  'act',
  'unknown',
] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

/** What a rule's sentences are about. Owner and detail are words that fit into a sentence; what detail holds is each rule's matter. */
export interface Subject {
  readonly coordinate: string
  readonly owner: string
  readonly offender: string
  readonly party: string
  readonly detail: string
}

/** A sentence in Chinese, the same in English. */
export type Pair = readonly [zh: string, en: string]

/**
 * A piece of schema that the rule refuses and one that it accepts, in the street of example-street.ts. They are added to the schema of
 * `in`, or stand in the place of `replaces`. With `grant`, the same piece is accepted once the owner has said so.
 */
export interface Example {
  readonly in: string
  readonly replaces?: string
  readonly refused: string
  readonly accepted?: string
  readonly grant?: { readonly of: string; readonly line: string }
}

/** One rule: what it says when it is broken, and how its page explains it. */
export interface RuleText {
  readonly kind: FindingKind
  readonly title: Pair
  readonly message: (subject: Subject) => Pair
  readonly remedies: (subject: Subject) => readonly Pair[]
  readonly example?: Example
}

/** A pair as people's texts are kept everywhere else. */
export const bilingual = ([zh, en]: Pair): Bilingual => ({ zh, en })

const CONSEQUENCES: Readonly<Record<FindingKind, Pair>> = {
  agreement: [
    '章程与 schema 各说各话，无人能据此判断谁负责。',
    'Charter and schema would say different things, and nobody could tell who answers for what.',
  ],
  claim: [
    '同一事实会有两个回答；听到哪一个取决于查询。',
    'There would be two answers to one fact; which one is heard would depend on the query.',
  ],
  extend: ['他方的记录会带上其拥有者不知情的陈述。', 'A statement its owner knows nothing of would stand in its record.'],
  receive: ['网关会把拥有者的数据送到该方，无论提问者是谁。', "The gateway would send the owner's values to that party, whoever asks."],
  override: ['回答来自另一方，却仍以拥有者的名义。', "Another would answer, still in the owner's name."],
  hide: ['该元素会从所有人的 API 中消失。', "The element would vanish from everybody's API."],
  lock: ['其他各方的读者会被挡在门外。', "Other parties' readers would be locked out."],
  mark: ['依据这些标注的合约、限额与文档会失真。', 'Contracts, limits and documents that go by it would be falsified.'],
  share: ['同一个值会有几种说法，取决于由谁回答。', 'One value would have several shapes, depending on who answers.'],
  inject: [
    '所有使用该接口或联合的人都会收到不是其拥有者放入的内容。',
    'Everyone who reads the interface or union would get what its owner never put there.',
  ],
  narrow: ['合并后，他方依赖的输入或取值会消失。', 'After merging, inputs or values that others rely on would be gone.'],
  expose: ['个人信息会进入地址、日志和他方系统。', 'Personal data would end in addresses, logs and the systems of others.'],
  nullability: ['一方出错会抹去另一方的数据。', "One party's failure would erase another's data."],
  act: ['一项行为会没有依据，或以他方的职权作出。', "An act would have no basis, or another's authority."],
  unknown: ['检查不能判断其作用，因此不放行。', 'The check cannot tell what it does; so it does not pass.'],
}

/** What would happen if a finding of that kind went through. */
export const consequenceOf = (kind: FindingKind): Bilingual => bilingual(CONSEQUENCES[kind])
