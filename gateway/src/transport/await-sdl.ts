import { setTimeout as sleep } from 'node:timers/promises'

import type { Log } from '../observe/operation-log.js'
import { fetchSdl } from './fetch-sdl.js'
import type { PartyLink } from './party-link.js'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 3000

/**
 * Asks a party for its SDL until it answers, with growing pauses; says in the log that it waits, once per ten tries.
 *
 * Rejects only when the signal ends the start.
 */
export const awaitSdl = async (link: PartyLink, options: { readonly log: Log; readonly signal: AbortSignal }): Promise<string> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetchSdl(link)
    } catch (error) {
      options.signal.throwIfAborted()
      const reason: unknown = error instanceof Error ? ((error as { detail?: unknown }).detail ?? error.name) : 'unknown'
      if (attempt % 10 === 0) options.log.info({ party: link.party, count: attempt, failure: reason }, 'waiting for the schema of a party')
      await sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 5)), undefined, { signal: options.signal })
    }
  }
}
