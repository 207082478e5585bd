import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

import { ConfigError, readConfig } from '@commonhall/shared/config'
import { parseDocument } from 'yaml'

import { STANDALONE_ENVIRONMENT, STANDALONE_SETTINGS, type StandaloneInput, type StandaloneSettings } from './settings.js'
import { systemCodeOf } from './system-code.js'

/** What was said on the command line; laid over everything else. */
export interface StandaloneFlags {
  readonly config?: string
  readonly supergraph?: string
  readonly port?: number
  readonly host?: string
  readonly watch?: boolean
  readonly introspection?: boolean
  /** `name=URL` each. */
  readonly subgraphUrls?: readonly string[]
  readonly forwardHeaders?: readonly string[]
  readonly logLevel?: string
}

type Environment = Readonly<Record<string, string | undefined>>
type Written = Record<string, unknown>

const isRecord = (value: unknown): value is Written => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Puts `${NAME}` of texts in place, so that secrets need not stand in the file. */
const fillIn = (value: unknown, environment: Environment, faults: string[], path: string): unknown => {
  if (typeof value === 'string') {
    return value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
      const found = environment[name]
      if (found === undefined) faults.push(`${path}: the environment has no ${name}`)
      return found ?? ''
    })
  }
  if (Array.isArray(value)) return value.map((item, index) => fillIn(item, environment, faults, `${path}.${index}`))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillIn(item, environment, faults, path === '' ? key : `${path}.${key}`)]),
  )
}

const readFile = (path: string, environment: Environment): Written => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new ConfigError([`${path}: cannot be read (${systemCodeOf(cause)})`])
  }
  // JSON is YAML, so one reader does for both.
  const document = parseDocument(text, { prettyErrors: true })
  if (document.errors.length > 0) throw new ConfigError(document.errors.map(({ message }) => `${path}: ${message.split('\n', 1)[0] ?? ''}`))
  const given: unknown = document.toJS({ maxAliasCount: 100 }) ?? {}
  if (!isRecord(given)) throw new ConfigError([`${path}: must be a map of settings`])
  const faults: string[] = []
  const filled = fillIn(given, environment, faults, '') as Written
  if (faults.length > 0) throw new ConfigError(faults)
  return filled
}

const readUrls = (pairs: readonly string[], where: string): Record<string, string> => {
  const faults: string[] = []
  const urls: Record<string, string> = {}
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at < 1 || at === pair.length - 1) faults.push(`${where}: "${pair}" is not of the form name=URL`)
    else urls[pair.slice(0, at)] = pair.slice(at + 1)
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return urls
}

const withUrls = (subgraphs: unknown, urls: Readonly<Record<string, string>>): Written => {
  const merged: Written = isRecord(subgraphs) ? { ...subgraphs } : {}
  for (const [name, url] of Object.entries(urls)) merged[name] = { ...(isRecord(merged[name]) ? merged[name] : {}), url }
  return merged
}

const readIssuer = (values: {
  COMMONHALL_ISSUER?: string
  COMMONHALL_ISSUER_JWKS?: string
  COMMONHALL_AUDIENCE?: string
}): object[] | undefined => {
  const { COMMONHALL_ISSUER: issuer, COMMONHALL_ISSUER_JWKS: jwks, COMMONHALL_AUDIENCE: audience } = values
  if (issuer === undefined && jwks === undefined && audience === undefined) return undefined
  if (issuer === undefined || jwks === undefined || audience === undefined)
    throw new ConfigError(['COMMONHALL_ISSUER, COMMONHALL_ISSUER_JWKS and COMMONHALL_AUDIENCE must be set together'])
  return [{ issuer, jwks, audience }]
}

const metricsOf = (
  written: unknown,
  { COMMONHALL_METRICS_PORT: port, COMMONHALL_METRICS_HOST: host }: { COMMONHALL_METRICS_PORT?: number; COMMONHALL_METRICS_HOST?: string },
): Written | undefined =>
  port === undefined && host === undefined ? undefined : { ...(isRecord(written) ? written : {}), ...said({ port, host }) }

/** Takes what is undefined out, so that it covers nothing. */
const said = (values: Written): Written => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

/**
 * The settings of one `commonhall gateway`: file, environment over it, options over both. The path of the supergraph and the folder of
 * documents come out absolute.
 *
 * Refused as `ConfigError`, with every fault of one layer at once: unknown keys and variables, wrong values, a file that cannot be
 * read, and no supergraph at all.
 */
export const readStandaloneSettings = (
  flags: StandaloneFlags,
  environment: Environment,
): StandaloneSettings & { readonly supergraph: string } => {
  const values = readConfig(STANDALONE_ENVIRONMENT, environment)
  const configPath = flags.config ?? values.COMMONHALL_CONFIG
  const file = configPath === undefined ? {} : readFile(configPath, environment)
  const base = configPath === undefined ? '.' : dirname(configPath)
  if (typeof file['supergraph'] === 'string') file['supergraph'] = resolve(base, file['supergraph'])
  const { documents } = file
  if (isRecord(documents) && typeof documents['folder'] === 'string') documents['folder'] = resolve(base, documents['folder'])
  const urls = {
    ...readUrls(values.COMMONHALL_SUBGRAPH_URLS ?? [], 'COMMONHALL_SUBGRAPH_URLS'),
    ...readUrls(flags.subgraphUrls ?? [], '--subgraph-url'),
  }
  const written: Record<keyof StandaloneInput, unknown> | Written = {
    ...file,
    ...said({
      supergraph: flags.supergraph ?? values.COMMONHALL_SUPERGRAPH,
      port: flags.port ?? values.COMMONHALL_PORT,
      host: flags.host ?? values.COMMONHALL_HOST,
      watch: flags.watch ?? values.COMMONHALL_WATCH,
      introspection: flags.introspection ?? values.COMMONHALL_INTROSPECTION,
      corsOrigins: values.COMMONHALL_CORS_ORIGINS,
      issuers: readIssuer(values),
      metrics: metricsOf(file['metrics'], values),
      slowOperationMs: values.COMMONHALL_SLOW_OPERATION_MS,
      tracing: values.COMMONHALL_TRACING,
      logLevel: flags.logLevel ?? values.COMMONHALL_LOG_LEVEL,
      forwardHeaders: flags.forwardHeaders ?? values.COMMONHALL_FORWARD_HEADERS,
      subgraphs: Object.keys(urls).length === 0 ? undefined : withUrls(file['subgraphs'], urls),
    }),
  }
  const parsed = STANDALONE_SETTINGS.safeParse(written)
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`))
  const { supergraph } = parsed.data
  if (supergraph === undefined) throw new ConfigError(['no supergraph: say --supergraph FILE'])
  return { ...parsed.data, supergraph: resolve(supergraph) }
}
