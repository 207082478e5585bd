import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@commonhall/shared/postgres'

import { ask, eventually, freePort, health, isAlive, startHubProcess, temporaryFolder, type HubProcess } from '@commonhall/harness'

const QUERY = '{ departments { id } communities { id } }'
const serverFolder = temporaryFolder()
const folder = temporaryFolder()
let server: EmbeddedPostgres
let hub: HubProcess

/** Children of a process with their command lines. */
const childrenOf = (pid: number): ReadonlyArray<{ pid: number; command: string }> =>
  execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent]) => Number(parent) === pid)
    .map(([child, , ...words]) => ({ pid: Number(child), command: words.join(' ') }))

const pidOf = (service: string): number => childrenOf(hub.pid).find(({ command }) => command.includes(`${service}/dist/main.js`))?.pid ?? 0

/** The graph of docker-compose.yml on this machine, against a PostgreSQL server that somebody else runs. */
const startSplit = async (): Promise<void> => {
  hub = startHubProcess({
    dataDir: folder.path,
    port: await freePort(),
    words: ['--split'],
    settings: { COMMONHALL_ADMIN_URL: server.adminUrl },
  })
  await hub.ready()
}

beforeAll(async () => {
  server = await startEmbeddedPostgres({ dataDir: serverFolder.path })
  await startSplit()
})
afterAll(async () => {
  hub.child.kill('SIGTERM')
  await hub.ended
  await server.stop()
  serverFolder.remove()
  folder.remove()
})

describe('a hub with a process per party', () => {
  it('runs the services of the graph and is ready with all parties', async () => {
    for (const service of ['government', 'committees', 'nonprofits', 'residents', 'gateway'])
      expect([service, isAlive(pidOf(service))]).toEqual([service, true])
    expect(await health(hub)).toEqual({ status: 200, parties: { government: 'up', committees: 'up', nonprofits: 'up', residents: 'up' } })
    const { data } = await ask(hub, QUERY)
    expect(data?.['departments']).toHaveLength(8)
    expect(data?.['communities']).toHaveLength(9)
  })

  it('loses only the fields of a party that dies, says so, and has it back', async () => {
    process.kill(pidOf('government'), 'SIGKILL')
    const partial = await eventually(
      () => ask(hub, QUERY),
      ({ errors }) => errors !== undefined,
    )
    expect(partial.errors?.map(({ extensions }) => [extensions['code'], extensions['party']])).toEqual([
      ['PARTY_UNAVAILABLE', 'government'],
    ])
    expect(partial.data?.['departments']).toBeNull()
    expect(partial.data?.['communities']).toHaveLength(9)
    const healed = await eventually(
      () => ask(hub, QUERY),
      ({ errors }) => errors === undefined,
    )
    expect(healed.data?.['departments']).toHaveLength(8)
    expect(hub.output()).toContain('a service died and will be started again')
    await eventually(
      () => health(hub),
      ({ parties }) => parties['government'] === 'up',
    )
  })

  it('leaves no party behind when it is killed, and starts again with the data', async () => {
    const children = childrenOf(hub.pid).map(({ pid }) => pid)
    expect(children).toHaveLength(6)
    hub.child.kill('SIGKILL')
    await hub.ended
    await eventually(
      async () => children.filter(isAlive),
      (living) => living.length === 0,
    )
    await startSplit()
    expect(hub.output()).not.toContain('Loading the demo street')
    expect((await ask(hub, QUERY)).data?.['communities']).toHaveLength(9)
  })

  it('stops all services on SIGTERM, and leaves the server that is not its own', async () => {
    const children = childrenOf(hub.pid).map(({ pid }) => pid)
    hub.child.kill('SIGTERM')
    expect(await hub.ended).toBe(0)
    expect(children.filter(isAlive)).toEqual([])
    expect(isAlive(server.pid)).toBe(true)
  })
})
