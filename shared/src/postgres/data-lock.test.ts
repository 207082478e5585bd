import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { DataFolderInUseError, lockDataFolder } from './index.js'
import { buildProgram, killNow, publicFolder, runChild } from './testing/child-program.js'

describe('The lock of a data folder', () => {
  const root = publicFolder()
  let program: string
  let holder: ChildProcess | null = null
  let count = 0
  const freshFolder = (): string => join(root, `data-${count++}`)
  const lockFile = (folder: string): string => join(folder, 'commonhall.lock')
  const rewrite = (folder: string, change: object): void => {
    const held = JSON.parse(readFileSync(lockFile(folder), 'utf8')) as object
    writeFileSync(lockFile(folder), JSON.stringify({ ...held, ...change }))
  }

  beforeAll(() => {
    program = buildProgram(join(root, 'program'))
  })
  afterEach(async () => {
    if (holder !== null) await killNow(holder)
    holder = null
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('refuses a second holder, by any spelling of the path, with pid, both languages and a remedy', async () => {
    const folder = freshFolder()
    const lock = await lockDataFolder(folder)
    const refusal = await lockDataFolder(`${folder}/../${folder.split('/').pop()}/`).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DataFolderInUseError)
    expect(refusal).toMatchObject({ holderPid: process.pid, code: 'DATA_FOLDER_IN_USE' })
    expect(String(refusal)).toMatch(/正由进程 \d+使用。请先停止该进程[^]*in use by process \d+\. Stop that process first/)
    await lock.release()
    await (await lockDataFolder(folder)).release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is refused across processes, and taken over once the holder was killed', async () => {
    const folder = freshFolder()
    const { child } = await runChild(program, 'lock', folder)
    holder = child
    await expect(lockDataFolder(folder)).rejects.toMatchObject({ holderPid: child.pid })
    const second = await runChild(program, 'lock', folder)
    expect(second.told.error).toMatchObject({ name: 'DataFolderInUseError', holderPid: child.pid })
    await killNow(child)
    holder = null
    await (await lockDataFolder(folder)).release()
  })

  it('is taken over when the pid of its dead holder belongs to another process now', async () => {
    const folder = freshFolder()
    await lockDataFolder(folder)
    rewrite(folder, { startTime: 'boot-of-last-year:1' })
    await (await lockDataFolder(folder)).release()
  })

  it('is taken over when its file is torn', async () => {
    const folder = freshFolder()
    await lockDataFolder(folder)
    writeFileSync(lockFile(folder), '{"pi')
    await (await lockDataFolder(folder)).release()
  })

  it('tells how to go on when the folder cannot be made', async () => {
    writeFileSync(join(root, 'a-file'), '')
    await expect(lockDataFolder(join(root, 'a-file/data'))).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' })
  })

  it('has one winner among many that find the same stale lock', async () => {
    const folder = freshFolder()
    await lockDataFolder(folder)
    rewrite(folder, { startTime: 'boot-of-last-year:1' })
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => lockDataFolder(folder)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('leaves the lock of another alone when it is released late', async () => {
    const folder = freshFolder()
    const first = await lockDataFolder(folder)
    rewrite(folder, { startTime: 'boot-of-last-year:1' })
    const second = await lockDataFolder(folder)
    await first.release()
    await expect(lockDataFolder(folder)).rejects.toBeInstanceOf(DataFolderInUseError)
    await second.release()
  })
})
