import { loadVerifyKey } from '@commonhall/shared/identity'
import { listenSubgraph, type Party } from '@commonhall/shared/subgraph'
import { createLog } from '@commonhall/shared/telemetry'

import type { PartyName } from './databases.js'

/** The HTTP doors of a split test hub: each can be closed alone and opened again at the same address. */
export interface PartyDoors {
  open(party: PartyName): Promise<void>
  close(party: PartyName): Promise<void>
  urlOf(party: PartyName): string
}

/** Doors for parties; `parties` is read when a door opens, so a restarted party is found. */
export const createPartyDoors = (options: {
  readonly parties: Readonly<Record<PartyName, Party>>
  readonly verifyKey: string
  readonly nowMs: () => number
}): PartyDoors => {
  const open = new Map<PartyName, { readonly url: string; close(): Promise<void> }>()
  const urls = new Map<PartyName, string>()
  return {
    urlOf: (name) => urls.get(name) ?? '',
    async open(name) {
      const door = await listenSubgraph({
        subgraph: options.parties[name],
        verifyKeys: loadVerifyKey(options.verifyKey),
        port: Number(new URL(urls.get(name) ?? 'http://127.0.0.1:0').port),
        isReady: async () => true,
        log: createLog({ name, level: 'error' }),
        nowMs: options.nowMs,
      })
      open.set(name, door)
      urls.set(name, door.url)
    },
    async close(name) {
      await open.get(name)?.close()
      open.delete(name)
    },
  }
}
