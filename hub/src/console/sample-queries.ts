import type { Speech } from './speech.js'

/** A query that a newcomer pastes into a terminal. */
export interface SampleQuery {
  readonly title: Speech
  readonly query: string
  /** Whose token it needs; null for nobody's. */
  readonly persona: string | null
}

/** Three ways into the hub: a public view over four owners, the whole life of one suggestion, and an act of a resident. */
export const SAMPLE_QUERIES: readonly SampleQuery[] = [
  {
    title: { zh: '一个问题,四方回答:社区看板(无需登录)', en: 'One query, four owners: the dashboard of the communities (no sign-in)' },
    persona: null,
    query:
      '{ communities { name { zh en } committee { name { en } } } departments { name { en } } suggestions(first: 3) { nodes { number stage } } }',
  },
  {
    title: { zh: '一条建议的一生(无需登录)', en: 'The whole life of one suggestion (no sign-in)' },
    persona: null,
    query: '{ suggestions(first: 1) { nodes { number title stage createdAt } } }',
  },
  {
    title: { zh: '以居民身份提出建议', en: 'Submit a suggestion as a resident' },
    persona: 'resident',
    query:
      'mutation { submitSuggestion(input: { kind: REPAIR, title: \\"Lamp 3 is dark\\", text: \\"The street lamp at the gate is out.\\" }) { __typename } }',
  },
]
