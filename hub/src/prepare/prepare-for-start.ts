import type { HubConfig } from '../config.js'
import type { Speech } from '../console/speech.js'
import type { HubDatabases } from '../databases/hub-databases.js'
import { personaSubjects } from '../demo-personas.js'
import type { HubKeys } from '../keys/hub-keys.js'
import { prepareDatabases } from './prepare-databases.js'

/** Prepares the databases as the configuration says: the demo gets its street, production gets empty tables. */
export const prepareForStart = (options: {
  readonly databases: HubDatabases
  readonly config: HubConfig
  readonly keys: HubKeys
  readonly progress: (speech: Speech) => void
  readonly signal: AbortSignal
}): Promise<void> => {
  const { config, databases, keys, progress, signal } = options
  const origin = { anchor: (config.COMMONHALL_ANCHOR ?? new Date()).toISOString(), scale: config.COMMONHALL_SCALE }
  return prepareDatabases({
    databases,
    wishedStreet: config.COMMONHALL_MODE === 'demo' ? origin : null,
    personaSubjects: personaSubjects(keys.pairwise.residents),
    progress,
    signal,
  })
}
