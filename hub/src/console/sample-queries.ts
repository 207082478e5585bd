import type { Speech } from './speech.js'

/** A query that a newcomer pastes into a terminal. */
export interface SampleQuery {
  readonly title: Speech
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  /** Whose token it needs; null for nobody's. */
  readonly persona: string | null
}

const YEAR_MS = 365 * 86_400_000
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Three ways into the hub: a public view over four owners, the whole life of one suggestion, and an act of a resident. */
export const sampleQueries = (street: { readonly communityId: string; readonly nowMs: number }): readonly SampleQuery[] => [
  {
    title: { zh: '社区看板:一次查询,四方各答其职(无需登录)', en: 'A dashboard: one query, four owners (no sign-in)' },
    persona: null,
    query:
      'query ($year: PeriodInput!) { communities { name grid(period: $year) { untriaged staffedCells { value } }' +
      ' responsiveness(period: $year) { received onTime { value } overdueNow }' +
      ' nonprofitWork(period: $year) { handled onTime { value } }' +
      ' satisfaction(period: $year) { satisfied { value } } } }',
    variables: { year: { from: dateOf(street.nowMs - YEAR_MS), to: dateOf(street.nowMs) } },
  },
  {
    title: { zh: '一条建议的一生(无需登录)', en: 'The whole life of one suggestion (no sign-in)' },
    persona: null,
    query:
      '{ suggestions(first: 1, filter: { stages: [SATISFIED] }) { nodes { number kind stage supporters' +
      ' timeline { at stage type note party { kind name } } } } }',
    variables: {},
  },
  {
    title: { zh: '以居民身份提出建议', en: 'Submit a suggestion as a resident' },
    persona: 'resident',
    query:
      'mutation ($input: SubmitSuggestionInput!) { submitSuggestion(input: $input) {' +
      ' ... on Suggestion { id number stage } ... on Refusal { code message remedy } } }',
    variables: {
      input: {
        kind: 'SUGGESTION',
        text: '小区门口的路灯坏了 / The street lamp at the gate is out',
        community: street.communityId,
        channel: 'WEB',
      },
    },
  },
]
