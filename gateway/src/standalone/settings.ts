import { z } from 'zod'

import { ClientsModel } from '../clients/client-policy.js'

const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })
const webSocketUrl = z.url({ protocol: /^(https?|wss?)$/, error: 'must be an http, https, ws or wss URL' })
const count = z.number().int().positive()
const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is no name of a header')
  .transform((name) => name.toLowerCase())
const headerValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'has a character that no header may have')

const SubgraphModel = z.strictObject({
  url: url.optional().describe('instead of the routing URL in the supergraph'),
  headers: z
    .record(headerName, headerValue)
    .optional()
    .describe('sent with every call to this subgraph alone; `${NAME}` is read from the environment'),
  subscriptionProtocol: z
    .enum(['sse', 'ws'])
    .optional()
    .describe('how it offers subscriptions: server-sent events, or graphql-transport-ws'),
  subscriptionUrl: webSocketUrl.optional().describe('where it offers them, if elsewhere'),
  callDeadlineMs: count.max(120_000).optional().describe('longest wait for one call to it'),
  connections: count.max(1000).optional().describe('calls to it at the same time'),
  maxAnswerBytes: count
    .max(256 * 1024 * 1024)
    .optional()
    .describe('largest answer that is taken'),
  acceptCompression: z.boolean().optional().describe('asks it for gzip and br; pays only over slow lines'),
  allowPrivateAddresses: z.boolean().optional().describe('`false` refuses addresses of private networks'),
})

const IssuerModel = z.strictObject({
  issuer: z.string().min(1).describe('the `iss` of its tokens'),
  jwks: url.describe('where it publishes its keys'),
  audience: z.string().min(1).describe("this gateway's name in its tokens (`aud`)"),
  scopeClaim: z.string().min(1).default('scope').describe('claim with the scopes that answer `@requiresScopes`'),
})

const LiveModel = z.strictObject({
  maxPerCaller: count.optional().describe('subscriptions of one person or address at the same time'),
  maxPerProcess: count.optional().describe('subscriptions of this gateway at the same time'),
  maxSockets: count.optional().describe('WebSockets at the same time'),
  maxBufferedEvents: count.optional().describe('events that may wait for a slow client before it is cut'),
  maxBufferedBytes: count.optional().describe('bytes that may wait in one connection'),
  maxDurationMs: count.optional().describe('longest life of one subscription'),
  heartbeatMs: count.optional().describe('pause between signs of life'),
})

/** Settings of `commonhall gateway`: the file of `--config`, with options and environment laid over it. The guide's table is made from this model. */
export const STANDALONE_SETTINGS = z.strictObject({
  supergraph: z.string().min(1).optional().describe('file with the supergraph SDL; relative to the folder of this file'),
  watch: z.boolean().default(false).describe('reads the supergraph again when its file changes'),
  port: z.number().int().min(0).max(65_535).default(4000).describe('0 picks a free one'),
  host: z.string().min(1).default('127.0.0.1').describe('address to listen at; `0.0.0.0` for all'),
  introspection: z.boolean().default(false).describe('lets everybody ask about the schema and see suggestions; for development'),
  language: z.enum(['en', 'zh']).default('en').describe('of messages, for clients that ask for neither Chinese nor English'),
  subgraphs: z.record(z.string(), SubgraphModel).default({}).describe('by the name in the supergraph'),
  forwardHeaders: z.array(headerName).default([]).describe('headers of the client that travel to every subgraph; none unless named'),
  issuers: z.array(IssuerModel).default([]).describe('OpenID Connect issuers whose tokens sign a caller in; without one no token is read'),
  policies: z.enum(['refuse', 'deny']).default('refuse').describe('what to do with `@policy`, for which there is no engine'),
  corsOrigins: z.array(z.string().min(1)).default([]).describe('origins of front-ends; `*` for all'),
  callDeadlineMs: count.max(120_000).optional().describe('longest wait for one call to a subgraph'),
  allowPrivateAddresses: z.boolean().default(true).describe('`false` refuses subgraphs in private networks'),
  documents: z
    .strictObject({
      folder: z.string().min(1).optional().describe('folder of manifests of trusted documents'),
      mode: z.enum(['off', 'allowed', 'required-for-anonymous', 'required']).default('allowed').describe('whether only they run'),
      persistedQueries: z.boolean().default(true).describe("automatic persisted queries of Apollo's clients"),
    })
    .optional()
    .describe('trusted documents'),
  clients: ClientsModel.optional().describe('limits, cost and rate by class of caller and by client'),
  subscriptions: LiveModel.optional().describe('bounds of subscriptions'),
  compressAnswersOverBytes: count.optional().describe('compresses larger answers for those who accept it; never unless set'),
  metrics: z
    .strictObject({
      port: z.number().int().min(0).max(65_535).describe('0 picks a free one'),
      host: z.string().min(1).default('127.0.0.1').describe('address to listen at'),
    })
    .optional()
    .describe('a listener of its own with `GET /metrics` for Prometheus; none unless set'),
  slowOperationMs: count.default(2000).describe('operations that take longer get a second log line with the shape of their plan'),
  tracing: z.enum(['on', 'off']).optional().describe('traces by OpenTelemetry; on when a provider is registered in the process unless set'),
  explainToAll: z
    .boolean()
    .optional()
    .describe('everybody may see plan, timings and cost (header `hub-explain`); as `introspection` unless set'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('warn').describe('one JSON line per operation at `info`'),
})

/** The settings with all defaults filled in. */
export type StandaloneSettings = z.output<typeof STANDALONE_SETTINGS>
/** The settings as they are written. */
export type StandaloneInput = z.input<typeof STANDALONE_SETTINGS>

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)
const onOff = z.enum(['on', 'off']).transform((word) => word === 'on')

/** The same settings as environment variables, where one line can say them; laid over the file, under the options. */
export const STANDALONE_ENVIRONMENT = z.object({
  COMMONHALL_CONFIG: z.string().optional().describe('the file of settings'),
  COMMONHALL_SUPERGRAPH: z.string().optional().describe('`supergraph`, relative to the working folder'),
  COMMONHALL_WATCH: onOff.optional().describe('`watch`'),
  COMMONHALL_PORT: z.coerce.number().int().min(0).max(65_535).optional().describe('`port`'),
  COMMONHALL_HOST: z.string().optional().describe('`host`'),
  COMMONHALL_INTROSPECTION: onOff.optional().describe('`introspection`'),
  COMMONHALL_SUBGRAPH_URLS: list.optional().describe('`subgraphs.<name>.url` as `name=URL`, separated by commas'),
  COMMONHALL_FORWARD_HEADERS: list.optional().describe('`forwardHeaders`, separated by commas'),
  COMMONHALL_ISSUER: z.string().optional().describe('one issuer: its `issuer`; needs the next two'),
  COMMONHALL_ISSUER_JWKS: url.optional().describe('its `jwks`'),
  COMMONHALL_AUDIENCE: z.string().optional().describe('its `audience`'),
  COMMONHALL_CORS_ORIGINS: list.optional().describe('`corsOrigins`, separated by commas'),
  COMMONHALL_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional().describe('`metrics.port`'),
  COMMONHALL_METRICS_HOST: z.string().optional().describe('`metrics.host`'),
  COMMONHALL_SLOW_OPERATION_MS: z.coerce.number().int().positive().optional().describe('`slowOperationMs`'),
  COMMONHALL_TRACING: z.enum(['on', 'off']).optional().describe('`tracing`'),
  COMMONHALL_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).optional().describe('`logLevel`'),
})
