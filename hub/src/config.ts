import { readConfig, ConfigError } from '@commonhall/shared/config'
import { z } from 'zod'

import { PARTIES } from './parties.js'

const url = z.string().startsWith('postgres', 'must be a PostgreSQL URL (postgres://login:password@host:port/database)').optional()

/** Settings of the hub's own process. `.env.example` and the operator's guide follow this model. */
export const HUB_CONFIG = z.object({
  COMMONHALL_MODE: z.enum(['demo', 'production']).default('demo'),
  COMMONHALL_DATA: z.string().optional(),
  /** File with the hub's keys instead of `keys.json` in the data folder; for secrets that are mounted. */
  COMMONHALL_KEYS_FILE: z.string().optional(),
  COMMONHALL_PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  COMMONHALL_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('warn'),
  /** Size of the demo street at the first start; 1 is 30,000 suggestions. */
  COMMONHALL_SCALE: z.coerce.number().min(0.005).max(100).default(1),
  /** "Today" of the demo street; the moment of the first start unless given. */
  COMMONHALL_ANCHOR: z.coerce.date().optional(),
  /** On by default in demo mode unless an issuer is configured; never in production. */
  COMMONHALL_DEMO_IDENTITY: z.enum(['on', 'off']).optional(),
  COMMONHALL_ISSUER: z.url().optional(),
  COMMONHALL_ISSUER_JWKS: z.url().optional(),
  COMMONHALL_AUDIENCE: z.string().optional(),
  COMMONHALL_CORS_ORIGINS: z.string().optional(),
  /** Administrator of a PostgreSQL server in which the hub makes databases and logins itself. */
  COMMONHALL_ADMIN_URL: url,
  COMMONHALL_GOVERNMENT_DATABASE_URL: url,
  COMMONHALL_GOVERNMENT_OWNER_URL: url,
  COMMONHALL_GOVERNMENT_EVENTS_URL: url,
  COMMONHALL_COMMITTEES_DATABASE_URL: url,
  COMMONHALL_COMMITTEES_OWNER_URL: url,
  COMMONHALL_COMMITTEES_EVENTS_URL: url,
  COMMONHALL_NONPROFITS_DATABASE_URL: url,
  COMMONHALL_NONPROFITS_OWNER_URL: url,
  COMMONHALL_NONPROFITS_EVENTS_URL: url,
  COMMONHALL_RESIDENTS_DATABASE_URL: url,
  COMMONHALL_RESIDENTS_OWNER_URL: url,
  COMMONHALL_RESIDENTS_EVENTS_URL: url,
  COMMONHALL_EVENTS_OWNER_URL: url,
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
