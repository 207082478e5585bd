import { DEMO_AUDIENCE, DEMO_ISSUER, DEMO_PATH } from '../identity-provider/constants.js'
import type { PlaceValues, ServiceName } from '../process-graph.js'

/** Ports inside the compose network; only the gateway's (and in the demo the sign-in's) is published. */
export const COMPOSE_PORTS: Readonly<Record<ServiceName, number>> = {
  prepare: 0,
  gateway: 4000,
  government: 4001,
  committees: 4002,
  nonprofits: 4003,
  residents: 4004,
  identity: 4005,
}

const required = (name: string): string => `\${${name}:?run: node hub/dist/compose/main.js}`
const optional = (name: string, otherwise: string): string => `\${${name}:-${otherwise}}`
const login = (name: string): string => `${name}:${required(`${name.toUpperCase()}_PASSWORD`)}`

/** Where compose mounts a secret. */
export const secretPath = (name: string): string => `/run/secrets/${name}`

/** The graph's values as compose knows them: names of variables and secrets, never a value. */
export const composeValues = (): PlaceValues => ({
  prepare: {
    COMMONHALL_MODE: optional('COMMONHALL_MODE', 'demo'),
    COMMONHALL_SCALE: optional('COMMONHALL_SCALE', '1'),
    COMMONHALL_ISSUER: '${COMMONHALL_ISSUER:-}',
    COMMONHALL_ISSUER_JWKS: '${COMMONHALL_ISSUER_JWKS:-}',
    COMMONHALL_AUDIENCE: '${COMMONHALL_AUDIENCE:-}',
    COMMONHALL_ADMIN_URL: `postgres://postgres:${required('POSTGRES_PASSWORD')}@postgres:5432/postgres`,
  },
  databaseUrl: (party) => `postgres://${login(`commonhall_${party}_app`)}@postgres:5432/commonhall_${party}`,
  eventsUrl: (party) => `postgres://${login(`commonhall_${party}_app`)}@postgres:5432/commonhall_hub`,
  hubPublicKey: required('COMMONHALL_HUB_PUBLIC_KEY'),
  followSecret: required('COMMONHALL_FOLLOW_SECRET'),
  keysFile: secretPath('commonhall_keys'),
  hubPrivateKey: secretPath('commonhall_hub_private_key'),
  pairwiseKeys: required('COMMONHALL_PAIRWISE_KEYS'),
  issuer: optional('COMMONHALL_ISSUER', DEMO_ISSUER),
  issuerJwks: optional('COMMONHALL_ISSUER_JWKS', `http://identity:${COMPOSE_PORTS.identity}${DEMO_PATH}/jwks`),
  audience: optional('COMMONHALL_AUDIENCE', DEMO_AUDIENCE),
  corsOrigins: optional('COMMONHALL_CORS_ORIGINS', ''),
  observation: {
    COMMONHALL_METRICS_PORT: optional('COMMONHALL_METRICS_PORT', ''),
    // Of the container: only the compose network reaches it, because the port is not published.
    COMMONHALL_METRICS_HOST: '0.0.0.0',
    COMMONHALL_SLOW_OPERATION_MS: optional('COMMONHALL_SLOW_OPERATION_MS', ''),
    COMMONHALL_TRACING: optional('COMMONHALL_TRACING', ''),
  },
  introspection: optional('COMMONHALL_INTROSPECTION', 'off'),
  logLevel: optional('COMMONHALL_LOG_LEVEL', 'info'),
  bindHost: '0.0.0.0',
  addressOf: (service) => ({ host: service, port: COMPOSE_PORTS[service] }),
})
