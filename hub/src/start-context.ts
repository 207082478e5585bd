import type { TrustedIssuer } from '@commonhall/gateway'
import type { Log } from '@commonhall/shared/telemetry'

import type { HubConfig } from './config.js'
import type { Speech } from './console/speech.js'
import type { HubDatabases } from './databases/hub-databases.js'
import type { Persona } from './identity-provider/personas.js'
import type { HubKeys } from './keys/hub-keys.js'
import type { Teardown } from './teardown.js'

/** What both ways of running (one process, one per party) start from: everything is checked, prepared and free by now. */
export interface StartContext {
  readonly config: HubConfig
  readonly keys: HubKeys
  readonly databases: HubDatabases
  /** The server's administrator, when the hub makes the databases itself. */
  readonly adminUrl: string | null
  readonly dataDir: string
  /** What child processes inherit, without the hub's own settings. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly port: number
  /** Null: no demo identity provider. */
  readonly personas: readonly Persona[] | null
  /** The operator's own issuer; null with the demo's. */
  readonly issuer: TrustedIssuer | null
  readonly corsOrigins: readonly string[]
  readonly teardown: Teardown
  readonly signal: AbortSignal
  readonly progress: (speech: Speech) => void
  readonly log: Log
}

/** Addresses of a hub that is ready. */
export interface RunningHub {
  /** The gateway's GraphQL address. */
  readonly url: string
  readonly identityUrl: string | null
}
