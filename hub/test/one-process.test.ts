import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import {
  ask,
  eventually,
  freePort,
  health,
  isAlive,
  personaToken,
  postmasterOf,
  startHubProcess,
  temporaryFolder,
  type HubProcess,
} from '@commonhall/harness'

const folder = temporaryFolder()
let hub: HubProcess
let port: number

const ALL_UP = { government: 'up', committees: 'up', nonprofits: 'up', residents: 'up' }
const keysOf = (): { followSecret: string } => JSON.parse(readFileSync(join(folder.path, 'keys.json'), 'utf8')) as { followSecret: string }

const tokenOf = (persona: string): Promise<string> => personaToken({ port }, persona)

beforeAll(async () => {
  port = await freePort()
  hub = startHubProcess({ dataDir: folder.path, port })
  await hub.ready()
})
afterAll(async () => {
  hub.child.kill('SIGTERM')
  await hub.ended
  folder.remove()
})

describe('a hub in one process', () => {
  it('prints where everything is, three queries to paste, and how to be somebody', () => {
    for (const part of [`http://127.0.0.1:${port}/graphql`, '/health/ready', '1. ', '2. ', '3. ', 'token clerk', 'Personas: resident,'])
      expect(hub.output()).toContain(part)
  })

  it('prints queries that are answered', async () => {
    const samples = [...hub.output().matchAll(/^ {2}curl .* -d '(.*)'$/gm)].map(([line, body]) => ({
      body: JSON.parse(body ?? '') as { query: string; variables?: object },
      persona: / token (\w+) /.exec(line)?.[1],
    }))
    expect(samples).toHaveLength(3)
    for (const { body, persona } of samples) {
      const answer = await ask(hub, body.query, persona === undefined ? undefined : await tokenOf(persona), body.variables)
      expect(answer.errors).toBeUndefined()
      expect(Object.values(answer.data ?? {})).toEqual([expect.anything()])
      expect(JSON.stringify(answer.data)).not.toContain('"remedy"')
    }
  })

  it('is ready with all four parties', async () => {
    expect(await health(hub)).toEqual({ status: 200, parties: ALL_UP })
  })

  it('answers one query from several owners without a sign-in', async () => {
    const answer = await ask(hub, '{ departments { id } communities { id } }')
    expect(answer.errors).toBeUndefined()
    expect(answer.data?.['departments']).toHaveLength(8)
    expect(answer.data?.['communities']).toHaveLength(9)
  })

  it('knows a resident by the token of the persona, and finds the profile under the pseudonym', async () => {
    const answer = await ask(hub, '{ me { id } }', await tokenOf('resident'))
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toEqual({ me: { id: expect.stringMatching(/^res_/) } })
  })

  it('refuses a forged token', async () => {
    const [head, body] = (await tokenOf('clerk')).split('.')
    const answer = await ask(hub, '{ departments { id } }', `${head}.${body}.${'A'.repeat(86)}`)
    expect(answer.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED')
  })

  it('keeps its secrets in one file that only its owner reads, and prints none', () => {
    expect(statSync(join(folder.path, 'keys.json')).mode & 0o777).toBe(0o600)
    expect(hub.output()).not.toContain(keysOf().followSecret)
  })

  it('refuses a second hub on its folder and names itself', async () => {
    const second = startHubProcess({ dataDir: folder.path, port: await freePort() })
    expect(await second.ended).toBe(3)
    expect(second.output()).toContain(`process ${hub.pid}`)
    expect((await health(hub)).status).toBe(200)
  })

  it('refuses a port that is taken, with one to take instead', async () => {
    const other = temporaryFolder()
    const second = startHubProcess({ dataDir: other.path, port })
    expect(await second.ended).toBe(4)
    expect(second.output()).toContain(`--port ${port + 1}`)
    other.remove()
  })

  it('starts again after kill -9: adopts the database, keeps keys and data, closes a file that stands open', async () => {
    const { followSecret } = keysOf()
    const postmaster = postmasterOf(folder.path)
    const before = await ask(hub, '{ departments { id } communities { id } }')
    const token = await tokenOf('clerk')
    hub.child.kill('SIGKILL')
    await hub.ended
    expect(isAlive(postmaster)).toBe(true)
    chmodSync(join(folder.path, 'keys.json'), 0o644)
    hub = startHubProcess({ dataDir: folder.path, port })
    await hub.ready()
    expect(postmasterOf(folder.path)).toBe(postmaster)
    expect(keysOf().followSecret).toBe(followSecret)
    expect(statSync(join(folder.path, 'keys.json')).mode & 0o777).toBe(0o600)
    expect((await ask(hub, '{ departments { id } communities { id } }', token)).data).toEqual(before.data)
    expect(hub.output()).not.toContain('Loading the demo street')
  })

  it('stops in order on SIGTERM: ready false, no process, no address file left, data kept, also when the order arrives thrice', async () => {
    const postmaster = postmasterOf(folder.path)
    // As it comes from a supervisor that signals the whole group, npm and the CLI, which pass it on: one wish, three signals.
    for (const signal of ['SIGTERM', 'SIGTERM', 'SIGINT'] as const) hub.child.kill(signal)
    expect(await hub.ended).toBe(0)
    expect(hub.output()).toContain('Stopped; the data is kept')
    expect(isAlive(postmaster)).toBe(false)
    expect(() => statSync(join(folder.path, 'hub.json'))).toThrow('ENOENT')
    hub = startHubProcess({ dataDir: folder.path, port })
    await hub.ready()
    expect((await ask(hub, '{ departments { id } }')).data?.['departments']).toHaveLength(8)
  })

  it('gives up a start that is called off, and leaves nothing running', async () => {
    const other = temporaryFolder()
    const begun = startHubProcess({ dataDir: other.path, port: await freePort() })
    await eventually(
      async () => begun.output(),
      (output) => output.includes('Loading the demo street'),
    )
    const postmaster = postmasterOf(other.path)
    begun.child.kill('SIGINT')
    expect(await begun.ended).toBe(0)
    expect(isAlive(postmaster)).toBe(false)
    other.remove()
  })
})
