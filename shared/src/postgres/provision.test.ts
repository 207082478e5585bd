import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'

import { cloneDatabase, dropDatabase, type EmbeddedPostgres, generatePassword, provisionDatabase, startEmbeddedPostgres } from './index.js'
import { publicFolder } from './testing/child-program.js'

const party = (name: string) => ({
  database: name,
  ownerRole: `${name}_owner`,
  ownerPassword: generatePassword(),
  appRole: `${name}_app`,
  appPassword: generatePassword(),
})

describe('The databases of the parties', () => {
  const root = publicFolder()
  const government = party('government')
  const residents = party('residents')
  let server: EmbeddedPostgres

  const query = async (role: string, password: string, database: string, sql = 'select 1 as one'): Promise<unknown[]> => {
    const client = new Client({ host: '127.0.0.1', port: server.port, user: role, password, database })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } finally {
      await client.end()
    }
  }

  beforeAll(async () => {
    server = await startEmbeddedPostgres({ dataDir: join(root, 'data') })
    await provisionDatabase(server.adminUrl, government)
    await provisionDatabase(server.adminUrl, residents)
    await query(
      government.ownerRole,
      government.ownerPassword,
      'government',
      `create table notes (body text); insert into notes values ('居民委员会')`,
    )
  })
  afterAll(async () => {
    await server?.stop()
    rmSync(root, { recursive: true, force: true })
  })

  it.each([
    [government, residents],
    [residents, government],
  ])('let the logins of $database into their own and into no other, the server’s own included', async (own, other) => {
    for (const [role, password] of [
      [own.ownerRole, own.ownerPassword],
      [own.appRole, own.appPassword],
    ] as const) {
      expect(await query(role, password, own.database)).toEqual([{ one: 1 }])
      for (const closed of [other.database, 'postgres', 'template1']) {
        await expect(query(role, password, closed)).rejects.toMatchObject({ code: '42501' })
      }
    }
  })

  it('refuse a wrong password, the old one after a change, and none at all', async () => {
    const changed = { ...residents, appPassword: generatePassword() }
    await provisionDatabase(server.adminUrl, changed)
    expect(await query(residents.appRole, changed.appPassword, 'residents')).toEqual([{ one: 1 }])
    await expect(query(residents.appRole, residents.appPassword, 'residents')).rejects.toMatchObject({ code: '28P01' })
    await provisionDatabase(server.adminUrl, residents)
    await expect(query('postgres', 'postgres', 'postgres')).rejects.toMatchObject({ code: '28P01' })
  })

  it('let an extra role in while it is named, and no longer', async () => {
    await provisionDatabase(server.adminUrl, { ...residents, extraConnectRoles: [government.appRole] })
    expect(await query(government.appRole, government.appPassword, 'residents')).toEqual([{ one: 1 }])
    await provisionDatabase(server.adminUrl, residents)
    await expect(query(government.appRole, government.appPassword, 'residents')).rejects.toMatchObject({ code: '42501' })
  })

  it('may be provisioned by several processes at once', async () => {
    const shared = party('committees')
    await Promise.all(Array.from({ length: 4 }, () => provisionDatabase(server.adminUrl, shared)))
    expect(await query(shared.appRole, shared.appPassword, 'committees')).toEqual([{ one: 1 }])
  })

  it('may be provisioned by an administrator who is no superuser, as managed servers give', async () => {
    const password = generatePassword()
    const admin = new Client({ connectionString: server.adminUrl })
    await admin.connect()
    await admin.query(`create role clerk login createdb createrole password '${password}'; grant connect on database postgres to clerk`)
    await admin.end()
    const clerkUrl = `postgres://clerk:${password}@127.0.0.1:${server.port}/postgres`
    const managed = party('nonprofits')
    for (let again = 0; again < 2; again++) await provisionDatabase(clerkUrl, managed)
    expect(await query(managed.ownerRole, managed.ownerPassword, 'nonprofits')).toEqual([{ one: 1 }])
    await expect(query(residents.appRole, residents.appPassword, 'nonprofits')).rejects.toMatchObject({ code: '42501' })
    await cloneDatabase(clerkUrl, { template: 'nonprofits', database: 'nonprofits_copy' })
    expect(await query(managed.appRole, managed.appPassword, 'nonprofits_copy')).toEqual([{ one: 1 }])
  })

  it('accept names and passwords with quotes and Chinese', async () => {
    const odd = { database: `o'"dd 街道`, ownerRole: `o"'主`, ownerPassword: `p'"\\ 密码`, appRole: 'a"应用', appPassword: `q'$1\\` }
    await provisionDatabase(server.adminUrl, odd)
    expect(await query(odd.ownerRole, odd.ownerPassword, odd.database)).toEqual([{ one: 1 }])
    expect(await query(odd.appRole, odd.appPassword, odd.database)).toEqual([{ one: 1 }])
    await dropDatabase(server.adminUrl, odd.database)
  })

  it('refuse a login that row security would not bind, a name that PostgreSQL would cut, and the server’s own databases', async () => {
    await expect(provisionDatabase(server.adminUrl, { ...residents, appRole: 'postgres' })).rejects.toThrow(/bypasses row security/)
    await expect(provisionDatabase(server.adminUrl, { ...residents, database: '街'.repeat(22) })).rejects.toThrow(RangeError)
    await expect(provisionDatabase(server.adminUrl, { ...residents, database: 'template1' })).rejects.toThrow(RangeError)
    await expect(dropDatabase(server.adminUrl, 'postgres')).rejects.toThrow(RangeError)
  })

  it('sort by code point and know Chinese letters, whatever locales the machine has', async () => {
    const [row] = await query(
      government.ownerRole,
      government.ownerPassword,
      'government',
      `select 'Z' < 'a' as by_code_point, upper('é') as upper, current_setting('TimeZone') as zone, current_setting('fsync') as fsync`,
    )
    expect(row).toEqual({ by_code_point: true, upper: 'É', zone: 'UTC', fsync: 'on' })
  })

  it('are cloned with rows, owner and the right to connect, side by side, and dropped with sessions in them', async () => {
    await Promise.all(
      ['copy_1', 'copy_2', 'copy_3'].map((database) => cloneDatabase(server.adminUrl, { template: 'government', database })),
    )
    const open = new Client({
      host: '127.0.0.1',
      port: server.port,
      user: government.ownerRole,
      password: government.ownerPassword,
      database: 'copy_1',
    })
    open.on('error', () => {})
    await open.connect()
    expect((await open.query('select body from notes')).rows).toEqual([{ body: '居民委员会' }])
    expect(await query(government.appRole, government.appPassword, 'copy_2')).toEqual([{ one: 1 }])
    await expect(query(residents.appRole, residents.appPassword, 'copy_2')).rejects.toMatchObject({ code: '42501' })
    for (const database of ['copy_1', 'copy_2', 'copy_3', 'never_there']) await dropDatabase(server.adminUrl, database)
    await expect(query(government.appRole, government.appPassword, 'copy_2')).rejects.toMatchObject({ code: '3D000' })
    await open.end().catch(() => {})
  })

  it('are cloned only from a template that exists', async () => {
    await expect(cloneDatabase(server.adminUrl, { template: 'never_there', database: 'copy' })).rejects.toThrow(/no database never_there/)
  })
})
