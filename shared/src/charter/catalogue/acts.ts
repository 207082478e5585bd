import type { RuleText } from './rule.js'

const RESULT = '): TriageResult @act(code: "committee.suggestion.triage")'

/** Every mutation is one act of one party. */
export const acts = {
  MUTATION_WITHOUT_ACT: {
    kind: 'act',
    title: ['没有职能的 mutation', 'A mutation without an act'],
    message: ({ coordinate }) => [`${coordinate} 没有写明依据哪项职能。`, `${coordinate} does not say which act it performs.`],
    remedies: () => [['加上 @act(code:)。', 'Add @act(code:).']],
    example: { in: 'committees', replaces: RESULT, refused: '): TriageResult', accepted: RESULT },
  },
  ACT_UNKNOWN: {
    kind: 'act',
    title: ['任何章程都没有的职能', 'An act that stands in no charter'],
    message: ({ coordinate, detail }) => [
      `${coordinate} 的职能 ${detail} 不在任何章程中。`,
      `The act ${detail} of ${coordinate} stands in no charter.`,
    ],
    remedies: ({ party }) => [[`登记到 charter/${party}.yaml 的 acts。`, `Enter it under acts of charter/${party}.yaml.`]],
    example: { in: 'committees', replaces: RESULT, refused: '): TriageResult @act(code: "committee.suggestion.judge")', accepted: RESULT },
  },
  ACT_NOT_YOURS: {
    kind: 'act',
    title: ['他方的职能', "Another's act"],
    message: ({ coordinate, owner, offender, detail }) => [
      `${coordinate}：职能 ${detail} 属于 ${owner}，不属于 ${offender}。`,
      `${coordinate}: the act ${detail} belongs to ${owner}, not to ${offender}.`,
    ],
    remedies: () => [
      [
        '以自己的职能写自己的记录；需要对方行动时用成对记录。',
        'Write your own record under your own act; when the other must act, use a paired record.',
      ],
    ],
    example: { in: 'committees', replaces: RESULT, refused: '): TriageResult @act(code: "resident.suggestion.submit")', accepted: RESULT },
  },
  ACT_FOR_OTHER_MUTATION: {
    kind: 'act',
    title: ['为另一个 mutation 登记的职能', 'An act that stands for another mutation'],
    message: ({ coordinate, detail }) => [
      `${coordinate} 使用了为另一个 mutation 登记的职能 ${detail}。`,
      `${coordinate} uses the act ${detail}, which stands for another mutation.`,
    ],
    remedies: () => [['为该 mutation 登记自己的代码。', 'Enter a code of its own for this mutation.']],
    example: {
      in: 'committees',
      refused: 'extend type Mutation { judge: TriageResult @act(code: "committee.suggestion.triage") }',
      accepted: 'extend type Desk { judged: TriageResult }',
    },
  },
  ACT_DEAD: {
    kind: 'act',
    title: ['没有 mutation 的职能', 'An act without its mutation'],
    message: ({ coordinate, detail }) => [`职能 ${detail} 没有对应的 ${coordinate}。`, `The act ${detail} has no ${coordinate}.`],
    remedies: () => [['实现它，或从章程中删除。', 'Build it, or take it out of the charter.']],
    example: {
      in: 'committees',
      replaces: `type Mutation { triageSuggestion(id: ID!${RESULT} }`,
      refused: '',
      accepted: `type Mutation { triageSuggestion(id: ID!${RESULT} }`,
    },
  },
  MUTATION_RETURNS_FOREIGN: {
    kind: 'act',
    title: ['返回他方记录的 mutation', "A mutation that returns another's record"],
    message: ({ coordinate, offender, detail }) => [
      `${coordinate} 返回 ${detail}：既不属于 ${offender}，也未由其补充。`,
      `${coordinate} returns ${detail}, which ${offender} neither owns nor contributes to.`,
    ],
    remedies: () => [['返回自己的记录或 Refusal。', 'Return a record of your own, or Refusal.']],
    example: {
      in: 'committees',
      replaces: RESULT,
      refused: '): Boolean @act(code: "committee.suggestion.triage")',
      accepted: RESULT,
    },
  },
} satisfies Readonly<Record<string, RuleText>>
