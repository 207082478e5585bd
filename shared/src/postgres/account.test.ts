import { afterAll, describe, expect, it } from '@jest/globals'
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { binariesName, buildProgram, killNow, publicFolder, runChild } from './testing/child-program.js'

const isRoot = process.getuid?.() === 0
const nobody = { uid: 65534, gid: 65534 }
const PERSISTENT = '/var/lib/commonhall'

const ownerOf = (pid: number): number => statSync(`/proc/${pid}`).uid

/** A folder of the ordinary user: nobody when we are root, else ourselves. */
const homeOf = (root: string, name: string, user: { uid: number; gid: number } | null): string => {
  const home = join(root, name)
  mkdirSync(home, { mode: 0o700 })
  if (user !== null) chownSync(home, user.uid, user.gid)
  return home
}

describe('An ordinary user', () => {
  const root = publicFolder()
  const user = isRoot ? nobody : null
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('runs the server himself, below his closed home', async () => {
    const program = buildProgram(join(root, 'program'))
    const dataDir = join(homeOf(root, 'home', user), 'data')
    const { told, child } = await runChild(program, 'start', dataDir, user)
    expect(told).toMatchObject({ isFirstStart: true, clusterDir: join(dataDir, 'postgres') })
    expect(ownerOf(told.pid)).toBe(user?.uid ?? process.getuid?.())
    expect(statSync(dataDir).mode & 0o077).toBe(0)
    await killNow(child)
    expect((await runChild(program, 'startAndStop', dataDir, user)).told).toMatchObject({ isAdopted: true, pid: told.pid })
  })

  it('gets a copy of the programs when the install made no links and cannot be written', async () => {
    const project = join(root, 'project')
    const program = buildProgram(project, 'without-links')
    const lib = join(project, 'node_modules', binariesName, 'native/lib')
    if (!isRoot) chmodSync(lib, 0o555)
    const dataDir = join(homeOf(root, 'home-of-copy', user), 'data')
    const { told } = await runChild(program, 'startAndStop', dataDir, user)
    expect(told).toMatchObject({ isFirstStart: true })
    expect(readdirSync(dataDir).filter((name) => name.startsWith('native-'))).toHaveLength(1)
    expect(readdirSync(lib).some((name) => lstatSync(join(lib, name)).isSymbolicLink())).toBe(false)
    chmodSync(lib, 0o755)
  })

  if (isRoot) {
    it('is told what to do when the uid has no passwd entry', async () => {
      const homeless = { uid: 54321, gid: 54321 }
      const dataDir = join(homeOf(root, 'homeless', homeless), 'data')
      const { told } = await runChild(join(root, 'program/program.mjs'), 'start', dataDir, homeless)
      expect(told.error).toMatchObject({
        name: 'EmbeddedPostgresError',
        code: 'NO_ACCOUNT',
        message: expect.stringMatching(/passwd[^]*Add a user/),
      })
    })

    it('is refused the cluster of another user, which stays whole', async () => {
      const home = homeOf(root, 'shared-home', nobody)
      const dataDir = join(home, 'data')
      const program = join(root, 'program/program.mjs')
      await runChild(program, 'startAndStop', dataDir, nobody)
      for (const path of [home, dataDir]) chmodSync(path, 0o777)
      const daemon = { uid: 1, gid: 1 }
      expect((await runChild(program, 'start', dataDir, daemon)).told.error).toMatchObject({ code: 'FOREIGN_CLUSTER' })
      expect((await runChild(program, 'startAndStop', dataDir, nobody)).told).toMatchObject({ isFirstStart: false })
    })
  }
})

if (isRoot) {
  describe('Root', () => {
    const root = publicFolder()
    const outside: string[] = []
    afterAll(() => {
      // The copy of the programs stays in PERSISTENT: another run may be using it.
      for (const path of [root, ...outside]) rmSync(path, { recursive: true, force: true })
    })

    it('drops to an unprivileged user and gives away nothing but the cluster', async () => {
      const program = buildProgram(join(root, 'program'))
      const dataDir = join(root, 'data')
      const { told, child } = await runChild(program, 'start', dataDir)
      const uid = ownerOf(told.pid)
      expect(uid).not.toBe(0)
      expect(statSync(told.clusterDir).uid).toBe(uid)
      for (const path of [dataDir, join(dataDir, 'postgres.json'), join(dataDir, 'postgres.log')]) expect(statSync(path).uid).toBe(0)
      await killNow(child)
      await runChild(program, 'startAndStop', dataDir)
    })

    it('starts the cluster of an ordinary user as that user', async () => {
      const program = join(root, 'program/program.mjs')
      const dataDir = join(homeOf(root, 'home-of-nobody', nobody), 'data')
      await runChild(program, 'startAndStop', dataDir, nobody)
      const { told, child } = await runChild(program, 'start', dataDir)
      expect(ownerOf(told.pid)).toBe(nobody.uid)
      await killNow(child)
      expect((await runChild(program, 'startAndStop', dataDir, nobody)).told).toMatchObject({ isAdopted: true })
    })

    it('places cluster and programs outside a project under a closed home, and finds them again', async () => {
      const home = join(root, 'home')
      const program = buildProgram(join(home, 'project'), 'without-links')
      chmodSync(home, 0o700)
      const dataDir = join(home, 'project/data')
      const first = await runChild(program, 'start', dataDir)
      outside.push(first.told.clusterDir ?? '/nonexistent')
      expect(first.told).toMatchObject({ isFirstStart: true, clusterDir: expect.stringMatching(/^\/var\/lib\/commonhall\/[0-9a-f]{16}$/) })
      expect(lstatSync(join(dataDir, 'postgres')).isSymbolicLink()).toBe(true)
      expect(JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'))).toMatchObject({ clusterDir: first.told.clusterDir })
      await killNow(first.child)
      const second = await runChild(program, 'startAndStop', dataDir)
      expect(second.told).toMatchObject({ isFirstStart: false, isAdopted: true, pid: first.told.pid })
      expect((await runChild(program, 'startAndStop', dataDir)).told).toMatchObject({ isFirstStart: false, isAdopted: false })
      expect(statSync(home).mode & 0o777).toBe(0o700)
    })

    it('opens a fresh folder of its own for passing through, and no folder that holds something else', async () => {
      const program = join(root, 'program/program.mjs')
      const fresh = join(root, 'fresh')
      mkdirSync(fresh, { mode: 0o700 })
      expect((await runChild(program, 'startAndStop', fresh)).told.clusterDir).toBe(join(fresh, 'postgres'))
      expect(statSync(fresh).mode & 0o777).toBe(0o711)
      const used = join(root, 'used')
      mkdirSync(join(used, 'letters'), { recursive: true, mode: 0o700 })
      const { told } = await runChild(program, 'startAndStop', used)
      outside.push(told.clusterDir)
      expect(told.clusterDir.startsWith(PERSISTENT)).toBe(true)
      expect(statSync(used).mode & 0o777).toBe(0o700)
    })

    it('begins anew after the data folder was deleted, and keeps the cluster that lay outside aside', async () => {
      const program = join(root, 'home/project/program.mjs')
      const dataDir = join(root, 'home/project/data')
      rmSync(dataDir, { recursive: true })
      const { told } = await runChild(program, 'startAndStop', dataDir)
      expect(told.isFirstStart).toBe(true)
      const aside = readdirSync(PERSISTENT).filter((name) => `${PERSISTENT}/${name}`.startsWith(`${told.clusterDir}.left-`))
      expect(aside).toHaveLength(1)
      outside.push(...aside.map((name) => join(PERSISTENT, name)))
      rmSync(told.clusterDir, { recursive: true })
      expect((await runChild(program, 'start', dataDir)).told.error).toMatchObject({ code: 'CLUSTER_GONE' })
    })
  })
}
