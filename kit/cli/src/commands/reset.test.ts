import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { lockDataFolder } from '@commonhall/shared/postgres'

import { fakeTerminal } from '../testing/fake-terminal.js'
import { reset } from './reset.js'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'commonhall-reset-')), 'data')
  mkdirSync(folder)
  writeFileSync(join(folder, 'keys.json'), '{}')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

describe('commonhall reset', () => {
  it('deletes the folder when told so', async () => {
    expect(await reset({ data: folder, yes: true }, fakeTerminal())).toBe(0)
    expect(existsSync(folder)).toBe(false)
  })

  it('deletes nothing without a terminal to ask at', async () => {
    const terminal = fakeTerminal()
    expect(await reset({ data: folder }, terminal)).toBe(1)
    expect(terminal.told.join()).toContain('--yes')
    expect(existsSync(join(folder, 'keys.json'))).toBe(true)
  })

  it('deletes nothing under a running hub, and names it', async () => {
    const lock = await lockDataFolder(folder)
    const terminal = fakeTerminal()
    expect(await reset({ data: folder, yes: true }, terminal)).toBe(1)
    expect(terminal.told.join()).toContain(`process ${process.pid}`)
    await lock.release()
    expect(existsSync(join(folder, 'keys.json'))).toBe(true)
  })

  it("leaves a folder alone that is no hub's", async () => {
    rmSync(join(folder, 'keys.json'))
    writeFileSync(join(folder, 'thesis.txt'), 'years of work')
    expect(await reset({ data: folder, yes: true }, fakeTerminal())).toBe(1)
    expect(existsSync(join(folder, 'thesis.txt'))).toBe(true)
  })

  it("leaves a folder alone in which a hub's files lie beside others, and names those", async () => {
    writeFileSync(join(folder, 'thesis.txt'), 'years of work')
    const terminal = fakeTerminal()
    expect(await reset({ data: folder, yes: true }, terminal)).toBe(1)
    expect(terminal.told.join()).toContain('thesis.txt')
    expect(existsSync(join(folder, 'keys.json'))).toBe(true)
  })

  it('removes a database outside the folder, but nothing else that its record points to', async () => {
    const outside = join(folder, '..', 'outside')
    mkdirSync(join(outside, 'global'), { recursive: true })
    const home = join(folder, '..', 'home')
    mkdirSync(home)
    for (const clusterDir of [home, outside]) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'postgres.json'), JSON.stringify({ port: 1, superuserPassword: 'x', clusterDir }))
      expect(await reset({ data: folder, yes: true }, fakeTerminal())).toBe(0)
    }
    expect([existsSync(home), existsSync(outside), existsSync(folder)]).toEqual([true, false, false])
  })

  it('is content when there is nothing', async () => {
    expect(await reset({ data: join(folder, 'never-was'), yes: true }, fakeTerminal())).toBe(0)
  })
})
