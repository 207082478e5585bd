import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { fakeTerminal } from '../testing/fake-terminal.js'
import { token } from './token.js'

let server: Server
let port: string
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'commonhall-cli-'))
  server = createServer((request, response) => {
    let form = ''
    request.on('data', (chunk: Buffer) => (form += chunk.toString()))
    request.on('end', () => {
      const isKnown = new URLSearchParams(form).get('persona') === 'clerk'
      response.writeHead(isKnown ? 200 : 400, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isKnown ? { access_token: 'a.b.c' } : { error_description: 'no such persona; there are: clerk' }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = String((server.address() as AddressInfo).port)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await new Promise((resolve) => server.close(resolve))
})

describe('commonhall token', () => {
  it('prints the token and nothing else on standard output', async () => {
    const terminal = fakeTerminal()
    expect(await token('clerk', { port }, terminal)).toBe(0)
    expect(terminal.printed).toEqual(['a.b.c'])
    expect(terminal.told).toEqual([])
  })

  it('prints a header that curl takes', async () => {
    const terminal = fakeTerminal()
    await token('clerk', { port, header: true }, terminal)
    expect(terminal.printed).toEqual(['authorization: Bearer a.b.c'])
  })

  it('finds the hub that runs on the data folder', async () => {
    const terminal = fakeTerminal()
    const addresses = { pid: process.pid, url: 'http://127.0.0.1:1/graphql', identityUrl: `http://127.0.0.1:${port}/oidc` }
    writeFileSync(join(folder, 'hub.json'), JSON.stringify(addresses))
    expect(await token('clerk', { data: folder }, terminal)).toBe(0)
  })

  it('answers a wrong name with the names there are', async () => {
    const terminal = fakeTerminal()
    expect(await token('mayor', { port }, terminal)).toBe(2)
    expect(terminal.told.join()).toContain('there are: clerk')
    expect(terminal.printed).toEqual([])
  })

  it('says what to do when no hub answers', async () => {
    const terminal = fakeTerminal()
    expect(await token('clerk', { port: '1' }, terminal)).toBe(3)
    expect(terminal.told.join()).toContain('Start the hub first (npm start)')
  })
})
