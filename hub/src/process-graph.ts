import type { SubgraphName } from '@commonhall/shared/port'

import { PARTIES } from './parties.js'

/** Processes of a hub that does not run in one: a database server and a one-shot, a process per party, sign-in, the gateway. */
export type ServiceName = 'prepare' | SubgraphName | 'identity' | 'gateway'

/** Values that differ from place to place and are nobody's business but the process's that gets them. */
export interface PlaceValues {
  /** Settings of the hub's own model that `prepare` needs: where databases are, mode, size of the street. */
  readonly prepare: Readonly<Record<string, string>>
  readonly databaseUrl: (party: SubgraphName) => string
  readonly eventsUrl: (party: SubgraphName) => string
  readonly hubPublicKey: string
  readonly followSecret: string
  /** Path of a file with all keys, for the processes that belong to the hub itself. */
  readonly keysFile: string
  /** The gateway's key: PEM, or the path of a file with it. */
  readonly hubPrivateKey: string
  readonly pairwiseKeys: string
  readonly issuer: string
  readonly issuerJwks: string
  readonly audience: string
  readonly corsOrigins: string
  readonly introspection: string
  /** Of the gateway; empty texts leave it at its defaults. */
  readonly observation: Readonly<Record<`COMMONHALL_${'METRICS_PORT' | 'METRICS_HOST' | 'SLOW_OPERATION_MS' | 'TRACING'}`, string>>
  readonly logLevel: string
  /** Address on which services listen: loopback, or all in a container of their own. */
  readonly bindHost: string
  /** Host and port under which the other services reach one. */
  readonly addressOf: (service: ServiceName) => { readonly host: string; readonly port: number }
}

/** One process: how it is started, when it is healthy, what must be there first. */
export interface Service {
  readonly name: ServiceName
  /** Arguments of `node`, relative to the repository. */
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Null: it does its work and ends with 0. */
  readonly health: { readonly path: string; readonly port: number } | null
  readonly dependsOn: readonly ServiceName[]
  /** Only the demo has it. */
  readonly isDemoOnly: boolean
}

/**
 * The processes of a hub with what each is given: the one source of `--split` and of docker-compose.yml.
 *
 * A party gets its own database, its own login at the event log and the hub's public key, nothing of another party's; the
 * gateway gets no database at all.
 */
export const processGraph = (values: PlaceValues): readonly Service[] => [
  {
    name: 'prepare',
    command: ['hub/dist/prepare/main.js'],
    environment: { ...values.prepare, COMMONHALL_KEYS_FILE: values.keysFile },
    health: null,
    dependsOn: [],
    isDemoOnly: false,
  },
  ...PARTIES.map((party): Service => {
    const { port } = values.addressOf(party)
    return {
      name: party,
      command: [`subgraphs/${party}/dist/main.js`],
      environment: {
        COMMONHALL_DATABASE_URL: values.databaseUrl(party),
        COMMONHALL_EVENTS_URL: values.eventsUrl(party),
        COMMONHALL_HUB_PUBLIC_KEY: values.hubPublicKey,
        COMMONHALL_HOST: values.bindHost,
        COMMONHALL_PORT: String(port),
        COMMONHALL_LOG_LEVEL: values.logLevel,
        ...(party === 'residents' ? { COMMONHALL_FOLLOW_SECRET: values.followSecret } : {}),
      },
      health: { path: '/health/ready', port },
      dependsOn: ['prepare'],
      isDemoOnly: false,
    }
  }),
  {
    name: 'identity',
    command: ['hub/dist/identity-provider/main.js'],
    environment: {
      COMMONHALL_KEYS_FILE: values.keysFile,
      COMMONHALL_HOST: values.bindHost,
      COMMONHALL_PORT: String(values.addressOf('identity').port),
    },
    health: { path: '/health/ready', port: values.addressOf('identity').port },
    dependsOn: [],
    isDemoOnly: true,
  },
  {
    name: 'gateway',
    command: ['gateway/dist/main.js'],
    environment: {
      COMMONHALL_HUB_PRIVATE_KEY: values.hubPrivateKey,
      COMMONHALL_PAIRWISE_KEYS: values.pairwiseKeys,
      COMMONHALL_ISSUER: values.issuer,
      COMMONHALL_ISSUER_JWKS: values.issuerJwks,
      COMMONHALL_AUDIENCE: values.audience,
      ...Object.fromEntries(PARTIES.map((party) => [`COMMONHALL_${party.toUpperCase()}_URL`, subgraphUrl(values.addressOf(party))])),
      COMMONHALL_CORS_ORIGINS: values.corsOrigins,
      COMMONHALL_INTROSPECTION: values.introspection,
      ...values.observation,
      COMMONHALL_HOST: values.bindHost,
      COMMONHALL_PORT: String(values.addressOf('gateway').port),
      COMMONHALL_LOG_LEVEL: values.logLevel,
    },
    health: { path: '/health/ready', port: values.addressOf('gateway').port },
    dependsOn: [...PARTIES],
    isDemoOnly: false,
  },
]

const subgraphUrl = (address: { readonly host: string; readonly port: number }): string => `http://${address.host}:${address.port}/graphql`
