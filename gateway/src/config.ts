import { readFileSync } from 'node:fs'

import { ConfigError, readConfig } from '@commonhall/shared/config'
import { loadHubKeys, type HubSigningKey } from '@commonhall/shared/identity'
import { z } from 'zod'

import type { AdmissionOptions } from './admission/admission-options.js'
import { AdmissionRefused, readAdmission } from './admission/read-admission.js'
import type { GatewaySubgraph } from './gateway.js'
import type { MetricsAddress } from './observe/metrics-listener.js'
import type { TrustedIssuer } from './identity/token-verifier.js'

const text = z.string({ error: 'is missing' })
const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })

/** Settings of the gateway's own process (`--split`, compose, Kubernetes). In one process with the parties none of them is read. */
export const GATEWAY_CONFIG = z.object({
  COMMONHALL_PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  COMMONHALL_HOST: z.string().default('127.0.0.1'),
  /** The hub's Ed25519 private key: the PEM text itself, or the path of a file that holds it. */
  COMMONHALL_HUB_PRIVATE_KEY: text,
  /** JSON object: one secret per party. */
  COMMONHALL_PAIRWISE_KEYS: text,
  COMMONHALL_ISSUER: text,
  COMMONHALL_ISSUER_JWKS: url,
  COMMONHALL_AUDIENCE: text,
  COMMONHALL_GOVERNMENT_URL: url,
  COMMONHALL_COMMITTEES_URL: url,
  COMMONHALL_NONPROFITS_URL: url,
  COMMONHALL_RESIDENTS_URL: url,
  /** Origins of front-ends, separated by commas. */
  COMMONHALL_CORS_ORIGINS: z.string().default(''),
  COMMONHALL_INTROSPECTION: z.enum(['on', 'off']).default('off'),
  /** Folder of manifests of registered documents: `*.json` for all clients, `<client>/*.json` for one. */
  COMMONHALL_TRUSTED_DOCUMENTS: z.string().optional(),
  /** Who may send free text. Empty: signed-in callers alone when registered documents are given, else everybody. */
  COMMONHALL_DOCUMENT_MODE: z.enum(['off', 'allowed', 'required-for-anonymous', 'required']).optional(),
  /** JSON file of what classes of callers and single clients may do; the hub's own bounds for the internet when left out. */
  COMMONHALL_CLIENTS_FILE: z.string().optional(),
  /** Port of `GET /metrics` for Prometheus, a listener of its own; none when left out. */
  COMMONHALL_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Where it listens; loopback unless said. */
  COMMONHALL_METRICS_HOST: z.string().default('127.0.0.1'),
  /** Operations that take longer get a second log line with the shape of their plan. */
  COMMONHALL_SLOW_OPERATION_MS: z.coerce.number().int().positive().default(2000),
  /** OpenTelemetry; left out: on when a provider is registered in the process. */
  COMMONHALL_TRACING: z.enum(['on', 'off']).optional(),
  COMMONHALL_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

/** The configuration as the gateway's options. */
export interface GatewayConfig {
  readonly port: number
  readonly host: string
  readonly signingKey: HubSigningKey
  readonly pairwiseKeys: Readonly<Record<string, string>>
  readonly issuers: readonly TrustedIssuer[]
  readonly subgraphs: readonly GatewaySubgraph[]
  readonly corsOrigins: readonly string[]
  readonly introspection: boolean
  readonly admission: AdmissionOptions
  readonly metrics?: MetricsAddress
  readonly slowOperationMs: number
  readonly openTelemetry?: 'on' | 'off'
  readonly logLevel: string
}

const PARTIES = ['government', 'committees', 'nonprofits', 'residents'] as const
const PairwiseKeys = z.record(z.enum(PARTIES), z.string().min(16))

const readKey = (given: string, faults: string[]): HubSigningKey | null => {
  try {
    return loadHubKeys(given.includes('-----BEGIN') ? given : readFileSync(given, 'utf8'))
  } catch {
    // The reason could repeat the key.
    faults.push('COMMONHALL_HUB_PRIVATE_KEY: must be an Ed25519 private key in PEM, or the path of a readable file with one')
    return null
  }
}

const readPairwise = (given: string, faults: string[]): Record<string, string> => {
  try {
    return PairwiseKeys.parse(JSON.parse(given))
  } catch {
    faults.push(`COMMONHALL_PAIRWISE_KEYS: must be a JSON object with a secret of at least 16 characters for each of ${PARTIES.join(', ')}`)
    return {}
  }
}

const readAdmissionSettings = (values: z.infer<typeof GATEWAY_CONFIG>, faults: string[]): AdmissionOptions | null => {
  try {
    return readAdmission({
      documentMode: values.COMMONHALL_DOCUMENT_MODE,
      trustedFolder: values.COMMONHALL_TRUSTED_DOCUMENTS,
      clientsFile: values.COMMONHALL_CLIENTS_FILE,
      isDemo: values.COMMONHALL_INTROSPECTION === 'on',
    })
  } catch (error) {
    if (!(error instanceof AdmissionRefused)) throw error
    faults.push(...error.faults)
    return null
  }
}

/** Reads the environment once; throws a `ConfigError` that lists every fault, without repeating secrets. */
export const readGatewayConfig = (environment: Readonly<Record<string, string | undefined>>): GatewayConfig => {
  const values = readConfig(GATEWAY_CONFIG, environment)
  const faults: string[] = []
  const signingKey = readKey(values.COMMONHALL_HUB_PRIVATE_KEY, faults)
  const pairwiseKeys = readPairwise(values.COMMONHALL_PAIRWISE_KEYS, faults)
  const admission = readAdmissionSettings(values, faults)
  if (signingKey === null || admission === null || faults.length > 0) throw new ConfigError(faults)
  return {
    port: values.COMMONHALL_PORT,
    host: values.COMMONHALL_HOST,
    signingKey,
    pairwiseKeys,
    issuers: [{ issuer: values.COMMONHALL_ISSUER, jwksUri: values.COMMONHALL_ISSUER_JWKS, audience: values.COMMONHALL_AUDIENCE }],
    subgraphs: [
      { kind: 'http', name: 'government', url: values.COMMONHALL_GOVERNMENT_URL },
      { kind: 'http', name: 'committees', url: values.COMMONHALL_COMMITTEES_URL },
      { kind: 'http', name: 'nonprofits', url: values.COMMONHALL_NONPROFITS_URL },
      { kind: 'http', name: 'residents', url: values.COMMONHALL_RESIDENTS_URL },
    ],
    corsOrigins: values.COMMONHALL_CORS_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
    introspection: values.COMMONHALL_INTROSPECTION === 'on',
    admission,
    ...(values.COMMONHALL_METRICS_PORT === undefined
      ? {}
      : { metrics: { port: values.COMMONHALL_METRICS_PORT, host: values.COMMONHALL_METRICS_HOST } }),
    slowOperationMs: values.COMMONHALL_SLOW_OPERATION_MS,
    ...(values.COMMONHALL_TRACING === undefined ? {} : { openTelemetry: values.COMMONHALL_TRACING }),
    logLevel: values.COMMONHALL_LOG_LEVEL,
  }
}
