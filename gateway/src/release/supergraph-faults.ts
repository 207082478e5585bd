/** One thing that stands against serving a supergraph, in both languages, with its place in the text where it has one. */
export interface SupergraphFault {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly line?: number
  readonly column?: number
}

/** A supergraph that this gateway will not serve; the message names every fault, in English, with its place. */
export class SupergraphRefused extends Error {
  readonly faults: readonly SupergraphFault[]
  constructor(faults: readonly SupergraphFault[]) {
    super(faults.map((fault) => `${placeOf(fault)}${fault.en} (${fault.code})`).join('\n'))
    this.name = 'SupergraphRefused'
    this.faults = faults
  }
}

/** `12:3 ` for a fault with a place; empty for one without. */
export const placeOf = ({ line, column }: SupergraphFault): string => (line === undefined ? '' : `${line}:${column ?? 1} `)

/** A place in the text. */
export interface Place {
  readonly line: number
  readonly column: number
}

const some = (names: readonly string[], limit = 10): string =>
  names.slice(0, limit).join(', ') + (names.length > limit ? ` … (${names.length})` : '')

/** The catalogue of refusals: whole sentences that name the thing and say what to do. */
export const SUPERGRAPH_FAULTS = {
  malformed: (detail: string, place: Place | undefined): SupergraphFault => ({
    code: 'SDL_MALFORMED',
    en: `The file is no GraphQL SDL: ${detail}`,
    zh: `文件不是 GraphQL SDL:${detail}`,
    ...place,
  }),
  subgraphGiven: (): SupergraphFault => ({
    code: 'SUBGRAPH_GIVEN',
    en: 'This is the schema of one subgraph. The gateway needs a supergraph: compose all subgraphs first (rover supergraph compose, Hive, Cosmo, or composeSupergraph of @commonhall/shared).',
    zh: '这是单个子图的模式。网关需要超图:请先合成所有子图(rover supergraph compose、Hive、Cosmo,或 @commonhall/shared 的 composeSupergraph)。',
  }),
  noSupergraph: (): SupergraphFault => ({
    code: 'NOT_A_SUPERGRAPH',
    en: 'This is an ordinary schema without @join__graph: it does not say which subgraph answers what. Compose the subgraphs into a supergraph first.',
    zh: '这是普通模式,没有 @join__graph,不知道哪个子图回答什么。请先把子图合成为超图。',
  }),
  federationOne: (place: Place | undefined): SupergraphFault => ({
    code: 'FEDERATION_1',
    en: 'This supergraph was composed by Federation 1 (join v0.1). Compose it again with Federation 2; the subgraphs may stay as they are.',
    zh: '该超图由 Federation 1 合成(join v0.1)。请用 Federation 2 重新合成;子图可以不变。',
    ...place,
  }),
  joinVersion: (version: string, place: Place | undefined): SupergraphFault => ({
    code: 'JOIN_VERSION',
    en: `join v${version} is not known here; v0.2 to v0.5 are. Compose with Federation 2.9 or lower, or update Commonhall.`,
    zh: `不支持 join v${version};支持 v0.2 至 v0.5。请用 Federation 2.9 或更低版本合成,或更新 Commonhall。`,
    ...place,
  }),
  machineryRenamed: (spec: string, name: string, place: Place | undefined): SupergraphFault => ({
    code: 'MACHINERY_RENAMED',
    en: `The ${spec} specification is linked as "${name}"; composers leave its name alone, and so must this file.`,
    zh: `${spec} 规范被改名为“${name}”;请保留原名。`,
    ...place,
  }),
  unknownFeature: (url: string, purpose: string, place: Place | undefined): SupergraphFault => ({
    code: 'FEATURE_UNKNOWN',
    en: `${url} is linked for ${purpose}, and this gateway does not know it. Serving the graph without it would be ${purpose === 'SECURITY' ? 'unsafe' : 'wrong'}.`,
    zh: `${url} 以 ${purpose} 用途引入,而本网关不支持它;忽略它会导致${purpose === 'SECURITY' ? '不安全' : '错误'}的结果。`,
    ...place,
  }),
  contexts: (coordinates: readonly string[], place: Place | undefined): SupergraphFault => ({
    code: 'CONTEXT_NOT_OFFERED',
    en: `Contextual arguments (@context, @fromContext) are not offered${coordinates.length > 0 ? `: ${some(coordinates)}` : ''}. Use @requires, or let clients pass the argument.`,
    zh: `不支持上下文参数(@context、@fromContext)${coordinates.length > 0 ? `:${some(coordinates)}` : ''}。请改用 @requires 或由客户端传参。`,
    ...place,
  }),
  connectors: (name: string): SupergraphFault => ({
    code: 'CONNECTORS_NOT_OFFERED',
    en: `Connectors are not offered (@${name}): each subgraph must be a GraphQL service.`,
    zh: `不支持连接器(@${name}):每个子图都必须是 GraphQL 服务。`,
  }),
  policies: (coordinates: readonly string[], place: Place | undefined): SupergraphFault => ({
    code: 'POLICY_WITHOUT_ENGINE',
    en: `@policy stands on ${some(coordinates)}, and this gateway has no policy engine. Remove it, use @authenticated or @requiresScopes, or deny these fields to everybody (unknownPolicies: deny).`,
    zh: `${some(coordinates)} 带有 @policy,而本网关没有策略引擎。请移除,改用 @authenticated 或 @requiresScopes,或对所有人拒绝这些字段(unknownPolicies: deny)。`,
    ...place,
  }),
  planner: (detail: string): SupergraphFault => ({
    code: 'PLANNER_REFUSED',
    en: `The query planner cannot read this supergraph: ${detail}`,
    zh: `查询规划器无法读取该超图:${detail}`,
  }),
  noUrl: (name: string): SupergraphFault => ({
    code: 'ROUTING_URL_MISSING',
    en: `The subgraph "${name}" has no routing URL. Give one: --subgraph-url ${name}=http://…`,
    zh: `子图“${name}”没有路由地址。请指明:--subgraph-url ${name}=http://…`,
  }),
  badUrl: (name: string, url: string): SupergraphFault => ({
    code: 'ROUTING_URL_INVALID',
    en: `The routing URL of the subgraph "${name}" is no http or https address: ${url}`,
    zh: `子图“${name}”的路由地址不是 http 或 https 地址:${url}`,
  }),
  unknownSubgraph: (name: string, known: readonly string[]): SupergraphFault => ({
    code: 'SUBGRAPH_UNKNOWN',
    en: `The supergraph has no subgraph "${name}". It has: ${known.join(', ')}.`,
    zh: `超图中没有子图“${name}”。现有:${known.join('、')}。`,
  }),
} as const
