import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ask, freePort, health, startHubProcess, temporaryFolder, type HubProcess } from '@commonhall/harness'
import { openPool, sql } from '@commonhall/shared/persistence'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@commonhall/shared/postgres'

const PARTIES = ['government', 'committees', 'nonprofits', 'residents'] as const
const serverFolder = temporaryFolder()
const folder = temporaryFolder()
let server: EmbeddedPostgres
let hub: HubProcess

/** Runs one statement in a database of the server, as its administrator. */
const asAdministrator = async <Row extends object>(text: string, database = 'postgres'): Promise<Row[]> => {
  const url = new URL(server.adminUrl)
  url.pathname = `/${database}`
  const pool = openPool(url.href, 'operator', 1)
  try {
    return await pool.rows<Row>(sql('operator', text))
  } finally {
    await pool.close()
  }
}

const urlOf = (login: string): string => {
  const url = new URL(server.adminUrl)
  url.username = login
  url.password = 'only-for-this-test'
  url.pathname = `/${login}`
  return url.href
}

/** As an operator makes databases: a login, a database of the same name that it owns, and nobody else let in. */
const makeDatabase = async (login: string): Promise<void> => {
  await asAdministrator(`create role ${login} login password 'only-for-this-test'`)
  await asAdministrator(`create database ${login} owner ${login}`)
  if (login !== 'their_hub') await asAdministrator(`revoke connect on database ${login} from public`)
}

const start = async (): Promise<void> => {
  hub = startHubProcess({
    dataDir: folder.path,
    port: await freePort(),
    settings: {
      COMMONHALL_EVENTS_OWNER_URL: urlOf('their_hub'),
      ...Object.fromEntries(PARTIES.map((party) => [`COMMONHALL_${party.toUpperCase()}_DATABASE_URL`, urlOf(`their_${party}`)])),
    },
  })
  await hub.ready()
}

beforeAll(async () => {
  server = await startEmbeddedPostgres({ dataDir: serverFolder.path })
  for (const name of ['hub', ...PARTIES]) await makeDatabase(`their_${name}`)
  await start()
})
afterAll(async () => {
  hub.child.kill('SIGTERM')
  await hub.ended
  await server.stop()
  serverFolder.remove()
  folder.remove()
})

describe('a hub on databases that exist, one URL for each party', () => {
  it('migrates, loads the street and answers from all four', async () => {
    expect(await health(hub)).toEqual({ status: 200, parties: { government: 'up', committees: 'up', nonprofits: 'up', residents: 'up' } })
    const { data, errors } = await ask(
      hub,
      '{ departments { id } communities { id residentCount { value } nonprofitWork(period: { from: "2025-01-01", to: "2025-12-31" }) { handled } } }',
    )
    expect(errors).toBeUndefined()
    expect(data?.['departments']).toHaveLength(8)
    expect(data?.['communities']).toHaveLength(9)
  })

  it('binds the owner login by row security, too, and keeps the journal append-only', async () => {
    const tables = await asAdministrator<{ name: string }>(
      `select relname as name from pg_class where relname in ('suggestions', 'journal') and relrowsecurity and relforcerowsecurity`,
      'their_residents',
    )
    expect(tables.map(({ name }) => name).sort()).toEqual(['journal', 'suggestions'])
    await expect(asAdministrator('delete from journal', 'their_residents')).rejects.toThrow('append-only')
  })

  it('starts again with the data, and leaves the server to whoever runs it', async () => {
    hub.child.kill('SIGTERM')
    expect(await hub.ended).toBe(0)
    await start()
    const { data } = await ask(hub, '{ departments { id } }')
    expect(data?.['departments']).toHaveLength(8)
  })
})
