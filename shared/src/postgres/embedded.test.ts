import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'

import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.js'
import { buildProgram, killNow, publicFolder, runChild } from './testing/child-program.js'

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)

const query = async (adminUrl: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: adminUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

const isRunning = (pid: number): boolean => existsSync(`/proc/${pid}`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))

describe('The embedded PostgreSQL of a data folder', () => {
  const root = publicFolder()
  const dataDir = join(root, '数据 folder')
  const cluster = join(dataDir, 'postgres')
  let program: string
  const started: EmbeddedPostgres[] = []
  const start = async (): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ dataDir })
    started.push(server)
    return server
  }

  beforeAll(() => {
    program = buildProgram(join(root, 'program'))
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop()
  })

  it('is made at the first start, where an interrupted one left a half-made cluster, and kept at the second', async () => {
    mkdirSync(join(cluster, 'base'), { recursive: true })
    mkdirSync(join(dataDir, 'postgres.half-Ab12'))
    const lines: string[] = []
    const first = await startEmbeddedPostgres({ dataDir, progress: (line) => lines.push(line) })
    expect(first).toMatchObject({ isFirstStart: true, isAdopted: false, clusterDir: cluster })
    expect(first.version).toMatch(/^18\./)
    expect(lines.join()).toMatch(/建立本地数据库.*启动本地数据库/)
    await query(first.adminUrl, `create table kept (body text); insert into kept values ('首次')`)
    await first.stop()
    await first.stop()
    expect(isRunning(first.pid)).toBe(false)

    const second = await start()
    expect(second).toMatchObject({ isFirstStart: false, isAdopted: false, port: first.port, adminUrl: first.adminUrl })
    expect(await query(second.adminUrl, 'select body from kept')).toEqual([{ body: '首次' }])
  })

  it('never trusts, listens on loopback alone, and keeps its secrets to its owner', async () => {
    const { adminUrl } = await start()
    const rules = await query(adminUrl, `select distinct auth_method from pg_hba_file_rules`)
    expect(rules).toEqual([{ auth_method: 'scram-sha-256' }])
    const [set] = await query(
      adminUrl,
      `select current_setting('listen_addresses') as at, current_setting('unix_socket_directories') as socket, current_setting('ssl') as ssl,
              current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('jit') as jit`,
    )
    expect(set).toEqual({ at: '127.0.0.1', socket: '', ssl: 'off', fsync: 'on', commit: 'on', jit: 'off' })
    expect([mode(join(dataDir, 'postgres.json')), mode(join(dataDir, 'postgres.log')), mode(cluster)]).toEqual(['600', '600', '700'])
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain(new URL(adminUrl).password)
    expect(readdirSync(dataDir).filter((name) => /half|new|lock/.test(name))).toEqual([])
  })

  it('outlives the kill -9 of its parent and is adopted with all acknowledged rows', async () => {
    const { told, child } = await runChild(program, 'start', dataDir)
    await query(told.adminUrl, 'create table acts (n int)')
    for (let n = 0; n < 50; n++) await query(told.adminUrl, `insert into acts values (${n})`)
    await killNow(child)
    const adopted = await start()
    expect(adopted).toMatchObject({ isAdopted: true, isFirstStart: false, pid: told.pid, adminUrl: told.adminUrl })
    expect(await query(adopted.adminUrl, 'select count(*)::int as n from acts')).toEqual([{ n: 50 }])
    await adopted.stop()
    expect(isRunning(told.pid)).toBe(false)
  })

  it('recovers all acknowledged rows when the server itself was killed with sessions open', async () => {
    const server = await start()
    const open = new Client({ connectionString: server.adminUrl })
    open.on('error', () => {})
    await open.connect()
    await open.query('insert into acts values (50)')
    process.kill(server.pid, 'SIGKILL')
    const again = await start()
    expect(again.isAdopted).toBe(false)
    expect(again.pid).not.toBe(server.pid)
    expect(await query(again.adminUrl, 'select count(*)::int as n from acts')).toEqual([{ n: 51 }])
    await open.end().catch(() => {})
  })

  it('starts although postmaster.pid names a dead process or one of someone else', async () => {
    for (const pid of [process.pid, process.ppid, 2147483646]) {
      const server = await start()
      const left = readFileSync(join(cluster, 'postmaster.pid'), 'utf8')
      await server.stop()
      writeFileSync(join(cluster, 'postmaster.pid'), left.replace(/^\d+/, String(pid)))
      const again = await start()
      expect(again.isAdopted).toBe(false)
      await again.stop()
    }
    expect(isRunning(process.pid)).toBe(true)
  })

  it('moves to another port when its own was taken, and stays there', async () => {
    const before = await start()
    await before.stop()
    const squatter = createServer().listen(before.port, '127.0.0.1')
    await new Promise((resolve) => squatter.once('listening', resolve))
    const moved = await start()
    expect(moved.port).not.toBe(before.port)
    await moved.stop()
    await new Promise((resolve) => squatter.close(resolve))
    expect((await start()).port).toBe(moved.port)
  })

  it.each(['while it runs', 'while it is stopped'])('keeps its data when postgres.json is lost %s', async (when) => {
    const before = await start()
    if (when === 'while it is stopped') await before.stop()
    rmSync(join(dataDir, 'postgres.json'))
    const after = await start()
    expect(new URL(after.adminUrl).password).not.toBe(new URL(before.adminUrl).password)
    expect(await query(after.adminUrl, 'select body from kept')).toEqual([{ body: '首次' }])
  })

  it('is started once and adopted by the others when many start it together', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, start))
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(1)
    expect(all.filter(({ isAdopted }) => isAdopted)).toHaveLength(3)
  })

  it('runs in a process group of its own, so that Ctrl-C reaches the hub first', async () => {
    const { pid } = await start()
    const group = (of: number | 'self'): string | undefined => readFileSync(`/proc/${of}/stat`, 'utf8').split(') ')[1]?.split(' ')[2]
    expect(group(pid)).toBe(String(pid))
    expect(group(pid)).not.toBe(group('self'))
  })

  it('refuses the cluster of another major version and a damaged one, and removes neither', async () => {
    const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8')
    writeFileSync(join(cluster, 'PG_VERSION'), '15\n')
    await expect(start()).rejects.toMatchObject({ code: 'OTHER_MAJOR_VERSION', message: expect.stringContaining('PostgreSQL 15') })
    rmSync(join(cluster, 'PG_VERSION'))
    await expect(start()).rejects.toMatchObject({ code: 'CLUSTER_DAMAGED' })
    writeFileSync(join(cluster, 'PG_VERSION'), version)
    const server = await start()
    expect(await query(server.adminUrl, 'select body from kept')).toEqual([{ body: '首次' }])
  })

  it('tells what its log says when it cannot start', async () => {
    const conf = join(cluster, 'postgresql.conf')
    const text = readFileSync(conf, 'utf8')
    writeFileSync(conf, `${text}\nwork_mem = 'much'\n`)
    await expect(start()).rejects.toMatchObject({ code: 'START_FAILED', message: expect.stringMatching(/work_mem[^]*postgres\.log/) })
    writeFileSync(conf, text)
    expect((await start()).isFirstStart).toBe(false)
  })
})
