import type { Speech } from './speech.js'

/** Why a hub did not start, for programs. */
export type StartRefusalCode =
  | 'CONFIGURATION'
  | 'KEYS_DAMAGED'
  | 'DATA_FOLDER_IN_USE'
  | 'PORT_IN_USE'
  | 'DISK_FULL'
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_NOT_EMBEDDED'
  | 'SEED_FAILED'
  | 'START_FAILED'

/**
 * A start that cannot go on, told so that a person can act; `exitCode` is the process's.
 *
 * 2 wrong use or configuration, 3 the data folder or a database cannot be had, 4 the port is taken, 1 anything else.
 */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal'

  constructor(
    readonly code: StartRefusalCode,
    readonly exitCode: number,
    readonly speech: Speech,
    options?: ErrorOptions,
  ) {
    super(speech.en, options)
  }
}
