import { readConfig, ConfigError } from '@commonhall/shared/config'
import { z } from 'zod'

import { PARTIES } from './parties.js'

const url = (of: string) =>
  z.string().startsWith('postgres', 'must be a PostgreSQL URL (postgres://login:password@host:port/database)').optional().describe(of)

const partyUrls = (party: string) => ({
  database: url(`database of ${party}: the app login, neither owner nor superuser`),
  owner: url(`the login that migrates the database of ${party}; the app login unless given`),
  events: url(`login of ${party} at the hub's event log; its app login at the hub's database unless given`),
})
const [government, committees, nonprofits, residents] = [
  partyUrls('the government'),
  partyUrls('the committees'),
  partyUrls('the non-profit organizations'),
  partyUrls('the residents'),
] as const

/** Settings of the hub's own process. `.env.example` and docs/reference/configuration.md are made from this model. */
export const HUB_CONFIG = z.object({
  COMMONHALL_MODE: z
    .enum(['demo', 'production'])
    .default('demo')
    .describe('`demo` loads the fictional street and lets anybody be a persona; `production` does neither and needs an issuer'),
  COMMONHALL_DATA: z
    .string()
    .optional()
    .describe('data folder: keys, embedded database, lock; `.commonhall` unless given (option `--data`)'),
  COMMONHALL_KEYS_FILE: z
    .string()
    .optional()
    .describe("file with the hub's keys instead of `keys.json` in the data folder, for mounted secrets"),
  COMMONHALL_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(4000)
    .describe("the gateway's port on loopback; 0 picks a free one (option `--port`)"),
  COMMONHALL_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('warn')
    .describe('what is logged to standard error, as JSON lines'),
  COMMONHALL_SCALE: z.coerce
    .number()
    .min(0.005)
    .max(100)
    .default(1)
    .describe('size of the demo street at the first start: 1 is 30,000 suggestions, 0.02 loads in a moment'),
  COMMONHALL_ANCHOR: z.coerce.date().optional().describe('"today" of the demo street; the moment of the first start unless given'),
  COMMONHALL_DEMO_IDENTITY: z
    .enum(['on', 'off'])
    .optional()
    .describe('demo sign-in; on in demo mode unless an issuer is configured, refused in production'),
  COMMONHALL_ISSUER: z.url().optional().describe('OpenID Connect issuer whose access tokens are accepted'),
  COMMONHALL_ISSUER_JWKS: z.url().optional().describe('where the issuer publishes its keys (its `jwks_uri`)'),
  COMMONHALL_AUDIENCE: z.string().optional().describe("this hub's name in the issuer's tokens (`aud`)"),
  COMMONHALL_CORS_ORIGINS: z.string().optional().describe('origins of front-ends, separated by commas'),
  COMMONHALL_METRICS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe('port of `GET /metrics` for Prometheus, on loopback, apart from the public door; none unless given'),
  COMMONHALL_SLOW_OPERATION_MS: z.coerce
    .number()
    .int()
    .positive()
    .default(2000)
    .describe('operations that take longer get a second log line with the shape of their plan'),
  COMMONHALL_TRACING: z
    .enum(['on', 'off'])
    .optional()
    .describe('traces by OpenTelemetry; on when a provider is registered in the process unless given'),
  COMMONHALL_ADMIN_URL: url('administrator of a PostgreSQL server in which the hub makes its databases and logins'),
  COMMONHALL_EVENTS_OWNER_URL: url("owner of the hub's database with the event log"),
  COMMONHALL_GOVERNMENT_DATABASE_URL: government.database,
  COMMONHALL_GOVERNMENT_OWNER_URL: government.owner,
  COMMONHALL_GOVERNMENT_EVENTS_URL: government.events,
  COMMONHALL_COMMITTEES_DATABASE_URL: committees.database,
  COMMONHALL_COMMITTEES_OWNER_URL: committees.owner,
  COMMONHALL_COMMITTEES_EVENTS_URL: committees.events,
  COMMONHALL_NONPROFITS_DATABASE_URL: nonprofits.database,
  COMMONHALL_NONPROFITS_OWNER_URL: nonprofits.owner,
  COMMONHALL_NONPROFITS_EVENTS_URL: nonprofits.events,
  COMMONHALL_RESIDENTS_DATABASE_URL: residents.database,
  COMMONHALL_RESIDENTS_OWNER_URL: residents.owner,
  COMMONHALL_RESIDENTS_EVENTS_URL: residents.events,
})
export type HubConfig = Readonly<z.infer<typeof HUB_CONFIG>>

/** Reads the hub's settings; throws a ConfigError with every fault at once, also of settings that only make sense together. */
export const readHubConfig = (environment: Readonly<Record<string, string | undefined>>): HubConfig => {
  const config = readConfig(HUB_CONFIG, environment)
  const faults = [...databaseFaults(config), ...identityFaults(config)]
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

type DatabaseSetting =
  `COMMONHALL_${'GOVERNMENT' | 'COMMITTEES' | 'NONPROFITS' | 'RESIDENTS'}_${'DATABASE_URL' | 'OWNER_URL' | 'EVENTS_URL'}`

const databaseNames = (suffix: 'DATABASE_URL' | 'OWNER_URL' | 'EVENTS_URL'): DatabaseSetting[] =>
  PARTIES.map((party) => `COMMONHALL_${party.toUpperCase()}_${suffix}` as DatabaseSetting)

const databaseFaults = (config: HubConfig): string[] => {
  const needed = [...databaseNames('DATABASE_URL'), 'COMMONHALL_EVENTS_OWNER_URL' as const]
  const given = [...needed, ...databaseNames('OWNER_URL'), ...databaseNames('EVENTS_URL')].filter((name) => config[name] !== undefined)
  if (given.length === 0) return []
  if (config.COMMONHALL_ADMIN_URL !== undefined)
    return [`COMMONHALL_ADMIN_URL and ${given[0]} exclude each other: either the hub makes the databases, or they exist.`]
  return needed
    .filter((name) => config[name] === undefined)
    .map((name) => `${name} is needed when ${given[0]} is set: every party has its own database.`)
}

const identityFaults = (config: HubConfig): string[] => {
  const names = ['COMMONHALL_ISSUER', 'COMMONHALL_ISSUER_JWKS', 'COMMONHALL_AUDIENCE'] as const
  const missing = names.filter((name) => config[name] === undefined)
  const isProduction = config.COMMONHALL_MODE === 'production'
  const isDemoIdentity = config.COMMONHALL_DEMO_IDENTITY === 'on'
  const faults =
    isProduction || missing.length < names.length
      ? missing.map((name) => `${name} is needed${isProduction ? ' in production mode' : ': an issuer takes all three settings'}.`)
      : []
  if (isDemoIdentity && isProduction) faults.push('COMMONHALL_DEMO_IDENTITY cannot be on in production mode: it lets anybody be anybody.')
  if (isDemoIdentity && !isProduction && missing.length < names.length)
    faults.push('COMMONHALL_DEMO_IDENTITY and COMMONHALL_ISSUER exclude each other: people sign in at one place.')
  return faults
}

/** Whether the hub brings its own identity provider, at which anybody may be any persona. */
export const hasDemoIdentity = (config: HubConfig): boolean =>
  config.COMMONHALL_MODE === 'demo' && config.COMMONHALL_ISSUER === undefined && config.COMMONHALL_DEMO_IDENTITY !== 'off'
