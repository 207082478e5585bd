import { setTimeout as sleep } from 'node:timers/promises'

import {
  eventually,
  freePort,
  isAlive,
  personaToken,
  postmasterOf,
  startHubProcess,
  temporaryFolder,
  type HubProcess,
} from '@commonhall/harness'

const PERSONAS = ['resident', 'neighbour', 'clerk', 'cadre', 'officer', 'worker'] as const
export type PersonaName = (typeof PERSONAS)[number]

/** A real hub on a folder of its own that is shot and started again while clients use it. */
export interface HubUnderFire {
  readonly port: number
  readonly dataDir: string
  readonly tokens: Readonly<Record<PersonaName, string>>
  /** Kills since the start. */
  readonly kills: () => number
  /** SIGKILL, then a new process on the same folder, which adopts the database. Resolves when that is ready. */
  killAndRestart(): Promise<void>
  /** Immediate stop of PostgreSQL (SIGQUIT to the postmaster): no checkpoint, all connections cut. The hub keeps running. */
  stopDatabaseAtOnce(): Promise<void>
  isRunning(): boolean
  /** Everything that all processes so far have written. */
  output(): string
  stop(): Promise<void>
}

/** Starts the hub and signs everybody in; tokens stay good across restarts, because the keys do. */
export const startHubUnderFire = async (): Promise<HubUnderFire> => {
  const folder = temporaryFolder()
  const port = await freePort()
  const start = async (): Promise<HubProcess> => {
    const hub = startHubProcess({ dataDir: folder.path, port })
    await hub.ready()
    return hub
  }
  let hub = await start()
  let earlier = ''
  let kills = 0
  const tokens = Object.fromEntries(
    await Promise.all(PERSONAS.map(async (name) => [name, await personaToken({ port }, name)] as const)),
  ) as Record<PersonaName, string>
  return {
    port,
    dataDir: folder.path,
    tokens,
    kills: () => kills,
    async killAndRestart() {
      hub.child.kill('SIGKILL')
      kills++
      await hub.ended
      earlier += hub.output()
      hub = await start()
    },
    async stopDatabaseAtOnce() {
      const postmaster = postmasterOf(folder.path)
      process.kill(postmaster, 'SIGQUIT')
      await eventually(
        async () => isAlive(postmaster),
        (alive) => !alive,
      )
    },
    isRunning: () => hub.child.exitCode === null && hub.child.signalCode === null,
    output: () => earlier + hub.output(),
    async stop() {
      hub.child.kill('SIGTERM')
      await hub.ended
      // The last backends may still be closing their files.
      await sleep(100)
      folder.remove()
    },
  }
}
