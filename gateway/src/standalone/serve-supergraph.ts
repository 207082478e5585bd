import { readFile } from 'node:fs/promises'

import { createGateway, type Gateway, type Log, type ReleaseReport } from '../gateway.js'
import { systemCodeOf } from './system-code.js'
import { optionsOf } from './options-of.js'
import type { StandaloneSettings } from './settings.js'
import { watchContent } from './watch-file.js'

/** A file that cannot be read, with the system's code. */
export class SupergraphUnreadable extends Error {
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path}: ${reason}`)
    this.name = 'SupergraphUnreadable'
  }
}

/** A gateway over a supergraph file. */
export interface SupergraphService {
  readonly gateway: Gateway
  /** Reads the file again; rejects, with the running release untouched, when it cannot be read or served. */
  reload(): Promise<ReleaseReport>
  stop(): Promise<void>
}

const readSdl = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new SupergraphUnreadable(path, systemCodeOf(cause))
  }
}

/**
 * Serves a supergraph file. With `watch` every change of the file becomes a release, or is told as refused while the last good one
 * serves on; `onReload` hears of both.
 *
 * Rejects when the file cannot be read (`SupergraphUnreadable`), when the supergraph is refused (`SupergraphRefused`), or when the
 * port is taken.
 */
export const serveSupergraph = async (
  settings: StandaloneSettings & { readonly supergraph: string },
  given: { readonly log: Log; readonly signal?: AbortSignal; readonly onReload?: (outcome: ReleaseReport | Error) => void },
): Promise<SupergraphService> => {
  const path = settings.supergraph
  const options = optionsOf(settings, await readSdl(path))
  const gateway = await createGateway({ ...options, log: given.log, ...(given.signal === undefined ? {} : { signal: given.signal }) })
  const reload = async (): Promise<ReleaseReport> => gateway.replace({ kind: 'supergraph', sdl: await readSdl(path) })
  const reloadAndTell = (): void => {
    reload().then(given.onReload, (error: unknown) => given.onReload?.(error instanceof Error ? error : new Error(String(error))))
  }
  const unwatch = settings.watch ? watchContent(path, reloadAndTell) : (): void => undefined
  return {
    gateway,
    reload,
    stop() {
      unwatch()
      return gateway.stop()
    },
  }
}
