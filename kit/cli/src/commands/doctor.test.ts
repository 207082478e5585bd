import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import type { Finding } from '../doctor/finding.js'
import { fakeTerminal } from '../testing/fake-terminal.js'
import { doctor } from './doctor.js'

let folder: string
let gateway: Server
let parties: Record<string, string>
/** What the gateway answers to a question; without one it is too old to know. */
let answered: object

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'commonhall-doctor-'))
  parties = { government: 'up', residents: 'up' }
  answered = {}
  gateway = createServer(
    ({ url }, response) => void response.end(JSON.stringify(url === '/health/ready' ? { status: 'ready', parties } : answered)),
  )
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await new Promise((resolve) => gateway.close(resolve))
})

const examine = async (environment: Record<string, string> = {}) => {
  const terminal = fakeTerminal({ environment })
  const port = String((gateway.address() as AddressInfo).port)
  const code = await doctor({ data: folder, json: true, port }, terminal)
  const { findings } = JSON.parse(terminal.printed.join()) as { findings: Finding[] }
  return { code, of: (check: string) => findings.find((finding) => finding.check === check) }
}

describe('commonhall doctor', () => {
  it('finds machine, keys and every party in order', async () => {
    writeFileSync(join(folder, 'keys.json'), '{}', { mode: 0o600 })
    const { code, of } = await examine()
    expect(code).toBe(0)
    for (const check of ['node', 'postgres', 'disk', 'clock', 'keys.keys.json', 'gateway', 'party.government', 'party.residents'])
      expect([check, of(check)?.state]).toEqual([check, 'ok'])
  })

  it('names the party that is down', async () => {
    parties = { ...parties, residents: 'down' }
    const { code, of } = await examine()
    expect(code).toBe(1)
    expect(of('party.residents')).toMatchObject({ state: 'fault', en: 'residents is down', remedy: { en: expect.stringContaining('log') } })
    expect(of('party.government')?.state).toBe('ok')
  })

  it('believes what a party answers now, not what the gateway saw of it last', async () => {
    answered = {
      errors: [{ message: 'no', extensions: { code: 'STORAGE', party: 'residents' } }],
      extensions: { parties: { government: { state: 'unavailable' }, residents: { state: 'ok' } } },
    }
    const { code, of } = await examine()
    expect(code).toBe(1)
    expect([of('party.government')?.en, of('party.residents')?.en]).toEqual(['government is unavailable', 'residents is STORAGE'])
  })

  it('gives the command that closes keys which others may read', async () => {
    writeFileSync(join(folder, 'keys.json'), '{}')
    chmodSync(join(folder, 'keys.json'), 0o644)
    const { of } = await examine()
    expect(of('keys.keys.json')).toMatchObject({ state: 'fault', remedy: { en: `chmod 600 ${join(folder, 'keys.json')}` } })
  })

  it('asks configured databases for their address, and shows no password', async () => {
    const url = 'postgres://login:not-for-eyes@127.0.0.1:1/residents'
    const { of } = await examine({ COMMONHALL_RESIDENTS_DATABASE_URL: url })
    const finding = of('database.COMMONHALL_RESIDENTS_DATABASE_URL')
    expect(finding?.state).toBe('fault')
    expect(JSON.stringify(finding)).not.toContain('not-for-eyes')
  })

  it.each(['abc', '-1', '70000', ''])('survives the port %p of a wrong setting', async (port) => {
    const terminal = fakeTerminal({ environment: { COMMONHALL_PORT: port } })
    await doctor({ data: folder, json: true }, terminal)
    expect(terminal.printed.join()).toContain('http://127.0.0.1:4000/')
  })

  it('writes one line per check for a person, each fault with a remedy', async () => {
    parties = { government: 'down' }
    const terminal = fakeTerminal({ language: 'zh' })
    await doctor({ data: folder, port: String((gateway.address() as AddressInfo).port) }, terminal)
    expect(terminal.printed.join('\n')).toMatch(/✗ government:down\n {4}→ 其余各方不受影响/)
  })
})
