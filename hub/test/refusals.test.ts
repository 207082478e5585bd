import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'

import { freePort, startHubProcess, temporaryFolder } from '@commonhall/harness'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const start = async (settings: Record<string, string>): Promise<{ code: number | string; output: string }> => {
  const hub = startHubProcess({ dataDir: folder.path, port: await freePort(), settings })
  const code = await hub.ended
  return { code, output: hub.output() }
}

describe('a hub that cannot start', () => {
  it('lists every fault of its configuration at once, also a misspelt name', async () => {
    const { code, output } = await start({ COMMONHALL_SCALE: 'big', COMMONHALL_MODE: 'live', COMMONHALL_PROT: '1' })
    expect(code).toBe(2)
    for (const name of ['COMMONHALL_SCALE', 'COMMONHALL_MODE', 'COMMONHALL_PROT']) expect(output).toContain(name)
  })

  it('refuses production without an issuer, and with the demo sign-in', async () => {
    const { code, output } = await start({ COMMONHALL_MODE: 'production', COMMONHALL_DEMO_IDENTITY: 'on' })
    expect(code).toBe(2)
    expect(output).toContain('COMMONHALL_ISSUER is needed in production mode')
    expect(output).toContain('it lets anybody be anybody')
  })

  it('wants a database for every party when it is given one for any', async () => {
    const { code, output } = await start({ COMMONHALL_RESIDENTS_DATABASE_URL: 'postgres://somebody@127.0.0.1:1/residents' })
    expect(code).toBe(2)
    for (const name of ['GOVERNMENT_DATABASE_URL', 'COMMITTEES_DATABASE_URL', 'NONPROFITS_DATABASE_URL', 'EVENTS_OWNER_URL'])
      expect(output).toContain(`COMMONHALL_${name} is needed`)
  })

  it('says that a configured database server does not answer, without its password', async () => {
    const { code, output } = await start({ COMMONHALL_ADMIN_URL: 'postgres://postgres:not-for-logs@127.0.0.1:1/postgres' })
    expect(code).toBe(3)
    expect(output).toContain('DATABASE_UNREACHABLE')
    expect(output).not.toContain('not-for-logs')
  })

  it('says that a configured database of a party does not answer, without a stack and without its password', async () => {
    const at = (database: string): string => `postgres://login:not-for-logs@127.0.0.1:1/${database}`
    const { code, output } = await start({
      COMMONHALL_EVENTS_OWNER_URL: at('hub'),
      ...Object.fromEntries(
        ['GOVERNMENT', 'COMMITTEES', 'NONPROFITS', 'RESIDENTS'].map((party) => [`COMMONHALL_${party}_DATABASE_URL`, at(party)]),
      ),
    })
    expect(code).toBe(3)
    expect(output).toMatch(/DATABASE_UNREACHABLE[^]*127\.0\.0\.1:1/)
    expect(output).not.toMatch(/not-for-logs|^ +at /m)
  })

  it('makes no new keys over damaged ones', async () => {
    writeFileSync(join(folder.path, 'keys.json'), '{"version":1,"secret":"half a fi')
    const { code, output } = await start({})
    expect(code).toBe(2)
    expect(output).toContain('KEYS_DAMAGED')
    expect(output).not.toContain('half a fi')
  })
})
