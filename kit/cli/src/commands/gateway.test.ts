import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import {
  askGateway,
  librarySupergraph,
  startGatewayProcess,
  startStub,
  type GatewayProcess,
  type StubSubgraph,
} from '../testing/gateway-process.js'
import { fakeTerminal } from '../testing/fake-terminal.js'
import { gateway } from './gateway.js'

const BOOKS = '{ books { title } }'
const READY = 'Commonhall gateway is ready'
let folder: string
let file: string
let stub: StubSubgraph
const running: GatewayProcess[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'commonhall-gateway-'))
  file = join(folder, 'supergraph.graphql')
  stub = await startStub()
  writeFileSync(file, librarySupergraph(stub.url))
})
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL')
  await Promise.all(running.splice(0).map(({ ended }) => ended))
  stub.close()
  rmSync(folder, { recursive: true })
})

const start = async (words: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> => {
  const started = startGatewayProcess(['--port', '0', ...words], settings)
  running.push(started)
  await started.said(READY)
  return started
}

describe('commonhall gateway', () => {
  it('serves a supergraph alone, says where, and ends with 0 when it is told to', async () => {
    const { child, url, output, ended } = await start(['--supergraph', file])
    expect(output()).toContain(`Process: ${child.pid}`)
    expect(await askGateway(url(), BOOKS)).toMatchObject({ data: { books: [{ title: 'Tea' }] } })
    expect((await askGateway(url(), '{ __schema { queryType { name } } }')).errors).toHaveLength(1)
    const wrong = async (headers = {}) => (await askGateway(url(), '{ nothing }', headers)).errors?.[0]?.extensions?.remedy
    expect(await wrong()).toMatch(/^[ -~]+$/)
    expect(await wrong({ 'accept-language': 'zh-CN' })).toMatch(/[一-龥]/)
    const ready = (await (await fetch(url().replace('/graphql', '/health/ready'))).json()) as { release: string }
    expect(output()).toContain(`Release: ${ready.release.slice(0, 12)}`)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  it('calls where --subgraph-url says, and passes on the headers that are named and no other', async () => {
    writeFileSync(file, librarySupergraph('http://127.0.0.1:1/'))
    const words = [
      '--supergraph',
      file,
      '--subgraph-url',
      `library=${stub.url}`,
      '--forward-header',
      'X-Trace',
      '--forward-header',
      'authorization',
    ]
    const { url } = await start(words)
    const headers = { 'x-trace': 't1', authorization: 'Bearer for-the-library', cookie: 'c=1', 'x-other': 'no' }
    expect(await askGateway(url(), BOOKS, headers)).toMatchObject({ data: { books: [{ title: 'Tea' }] } })
    expect(stub.headers[0]).toMatchObject({ 'x-trace': 't1', authorization: 'Bearer for-the-library' })
    expect(Object.keys(stub.headers[0] ?? {}).filter((name) => ['cookie', 'x-other'].includes(name))).toEqual([])
  })

  it('takes its settings from a file, with secrets from the environment', async () => {
    const config = join(folder, 'gateway.yaml')
    writeFileSync(
      config,
      [
        'supergraph: supergraph.graphql',
        'introspection: true',
        'subgraphs:',
        '  library:',
        '    headers: { x-key: "${LIBRARY_KEY}" }',
      ].join('\n'),
    )
    const { url } = await start(['--config', config], { LIBRARY_KEY: 'k1' })
    expect(await askGateway(url(), '{ __schema { queryType { name } } }')).toMatchObject({
      data: { __schema: { queryType: { name: 'Query' } } },
    })
    await askGateway(url(), BOOKS)
    expect(stub.headers[0]).toMatchObject({ 'x-key': 'k1' })
  })

  it('takes a changed file while it serves, and keeps the last good one when the change is bad', async () => {
    const { url, output, said } = await start(['--supergraph', file, '--watch'])
    expect((await askGateway(url(), '{ books { pages } }')).errors).toHaveLength(1)
    writeFileSync(file, librarySupergraph(stub.url, 'pages: Int'))
    await said('serves now')
    expect((await askGateway(url(), '{ books { title pages } }')).errors).toBeUndefined()
    const before = output().length
    writeFileSync(file, 'type Query {\n  books: [Book\n')
    await said('the last good release serves on', before)
    await said('supergraph.graphql:3:1', before)
    expect((await askGateway(url(), '{ books { title pages } }')).errors).toBeUndefined()
  })

  it('reads the file again on SIGHUP', async () => {
    const { child, url, said } = await start(['--supergraph', file])
    writeFileSync(file, librarySupergraph(stub.url, 'pages: Int'))
    child.kill('SIGHUP')
    await said('serves now')
    expect((await askGateway(url(), '{ books { title pages } }')).errors).toBeUndefined()
  })
})

describe('commonhall gateway refuses', () => {
  const refusal = async (
    options: Parameters<typeof gateway>[0],
    environment: Readonly<Record<string, string>> = {},
    language: 'zh' | 'en' = 'en',
  ) => {
    const terminal = fakeTerminal({ environment, language })
    return { code: await gateway(options, terminal), text: terminal.told.join('\n') }
  }

  it.each<[string, () => Parameters<typeof gateway>[0], number, string]>([
    ['to start without a supergraph', () => ({}), 2, 'say --supergraph FILE'],
    ['a file that is not there', () => ({ supergraph: join(folder, 'none.graphql') }), 3, 'there is no such file'],
    ['a folder', () => ({ supergraph: folder }), 3, 'it is a folder'],
    [
      'an address for a subgraph that does not exist, with those that do',
      () => ({ supergraph: file, subgraphUrl: ['libary=http://127.0.0.1:1/'] }),
      1,
      'It has: library.',
    ],
    [
      'an address that is none',
      () => ({ supergraph: file, subgraphUrl: ['library=ftp://x'] }),
      2,
      'subgraphs.library.url: must be an http or https URL',
    ],
    ['a header that is none', () => ({ supergraph: file, forwardHeader: ['a b'] }), 2, 'is no name of a header'],
    ['a file of settings that is not there', () => ({ config: join(folder, 'none.yaml') }), 2, 'cannot be read (ENOENT)'],
  ])('%s', async (_, options, code, sentence) => {
    const refused = await refusal(options())
    expect(refused).toEqual({ code, text: expect.stringContaining(sentence) })
  })

  it.each([
    ['an unknown setting', 'prot: 4000', 'prot'],
    ['a setting of another kind', 'port: lots', 'port'],
    ['what is no YAML', 'a: [', 'gateway.yaml'],
    ['a list', '- a', 'must be a map of settings'],
    ['documents that are not there', 'documents: { folder: nowhere, mode: required }', 'nowhere cannot be read'],
    ['a class of callers that could never pay', 'clients: { anonymous: { maxCost: 10, costPerMinute: 5 } }', 'could never be paid'],
    ['a secret that is not in the environment', 'supergraph: "${NOWHERE}"', 'supergraph: the environment has no NOWHERE'],
  ])('%s in the file', async (_, text, sentence) => {
    const config = join(folder, 'gateway.yaml')
    writeFileSync(config, text)
    expect(await refusal({ config, supergraph: file })).toEqual({ code: 2, text: expect.stringContaining(sentence) })
  })

  it('a misspelt variable, and an issuer that is only half there', async () => {
    expect(await refusal({ supergraph: file }, { COMMONHALL_PROT: '1' })).toEqual({
      code: 2,
      text: expect.stringContaining('COMMONHALL_PROT'),
    })
    expect(await refusal({ supergraph: file }, { COMMONHALL_ISSUER: 'https://id.example' })).toEqual({
      code: 2,
      text: expect.stringContaining('COMMONHALL_AUDIENCE'),
    })
  })

  it('a schema that is no supergraph, in the language of the terminal', async () => {
    writeFileSync(file, 'type Query { a: Int @shareable }')
    expect(await refusal({ supergraph: file }, {}, 'zh')).toEqual({ code: 1, text: expect.stringContaining('这是单个子图的模式') })
  })

  it('a port that is taken', async () => {
    const port = new URL(stub.url).port
    expect(await refusal({ supergraph: file, port })).toEqual({ code: 3, text: expect.stringContaining(`The port ${port} cannot be had`) })
  })
})
