import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, describe, expect, it } from '@jest/globals'

import { createProgram } from '../program.js'
import { failed, startFakeHub, takeAll, taken, type FakeAnswer, type FakeHub, type HubCall } from '../testing/fake-hub.js'
import { fakeTerminal } from '../testing/fake-terminal.js'
import { importFile, type ImportedKind, type ImportSurroundings } from './import-file.js'
import type { ImportOptions } from './options.js'

const folder = (): string => mkdtempSync(join(tmpdir(), 'import-'))
const fileOf = (content: string | Buffer, name = 'old.csv'): string => {
  const path = join(folder(), name)
  writeFileSync(path, content)
  return path
}
const table = (rows: number): string =>
  fileOf(`编号,内容,类型,时间\n${Array.from({ length: rows }, (_, i) => `${i},灯坏了 ${i},投诉,2025/3/1 8:05`).join('\n')}\n`)

const NO_WAIT = [0, 0, 0]
const hubs: FakeHub[] = []
const aHub = async (answer: (call: HubCall, nth: number) => FakeAnswer, port?: number): Promise<FakeHub> => {
  const hub = await startFakeHub(answer, port)
  hubs.push(hub)
  return hub
}
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()))
})

const run = async (
  hub: { readonly url: string },
  file: string,
  changes: Partial<ImportOptions> = {},
  { kind = 'suggestions', language = 'en', ...surroundings }: ImportSurroundings & { kind?: ImportedKind; language?: 'zh' | 'en' } = {},
) => {
  const terminal = fakeTerminal({ language })
  const options = { community: 'com_1', system: 'old', assent: 'SIGNED', url: hub.url, json: true, ...changes }
  const code = await importFile(kind, file, options, terminal, { waitsMs: NO_WAIT, ...surroundings })
  const [printed] = terminal.printed
  return {
    code,
    terminal,
    told: terminal.told.join('\n'),
    result: printed?.startsWith('{') === true ? (JSON.parse(printed) as unknown) : null,
  }
}

describe('commonhall import suggestions', () => {
  it('sends batches of 200 rows with the words of the hub, signed in as the demo cadre, and exits 0', async () => {
    const hub = await aHub(takeAll)
    const { code, result } = await run(hub, table(450))
    expect(code).toBe(0)
    expect(result).toMatchObject({ lines: 451, accepted: 450, duplicates: 0, rejected: 0, rejectPath: null })
    expect(hub.calls.map(({ input }) => input.rows?.length)).toEqual([200, 200, 50])
    expect(hub.calls[0]).toMatchObject({
      token: 'token-1-of-cadre',
      language: 'en',
      input: { community: 'com_1', system: 'old', assent: 'SIGNED' },
    })
    expect(hub.calls[0]?.input.rows?.[0]).toEqual({
      ...{ line: 2, externalId: '0', text: '灯坏了 0', kind: 'COMPLAINT', createdAt: '2025-03-01T08:05:00' },
      ...{ cell: null, channel: null, resident: null, longitude: null, latitude: null },
    })
    expect(new Set(hub.calls.map(({ input }) => input['clientKey'])).size).toBe(3)
    expect(hub.signedIn).toEqual(['cadre'])
  })

  it('keeps every body below the limit of the gateway, whatever the rows hold', async () => {
    const hub = await aHub(takeAll)
    const long = '"引""号\n'.repeat(500)
    const rows = Array.from({ length: 300 }, (_, i) => `${i},"${long.replaceAll('"', '""')}"`).join('\n')
    expect((await run(hub, fileOf(`id,text\n${rows}\n`))).code).toBe(0)
    expect(Math.max(...hub.calls.map(({ bytes }) => bytes))).toBeLessThan(1024 * 1024)
    expect(hub.calls.length).toBeGreaterThan(2)
  })

  it('exits 1 when rows were rejected, here or there, and writes line, field, code and reason of each', async () => {
    const hub = await aHub(() =>
      taken(1, 0, [{ line: 3, field: 'createdAt', code: 'INVALID_INPUT', message: 'The time lies, in the future.' }]),
    )
    const file = fileOf(`id,text,lon,lat\n1,a,,\n2,b,,\n3,,,\n4,d,east,1\n5,${'x'.repeat(4_001)},,\n`)
    const { code, told, result } = await run(hub, file)
    expect(code).toBe(1)
    expect(result).toMatchObject({ accepted: 1, rejected: 4 })
    expect(told).toContain(`${file}.rejected.csv`)
    expect(readFileSync(`${file}.rejected.csv`, 'utf8').slice(1).split('\r\n')).toEqual([
      'line,field,code,reason',
      '3,createdAt,INVALID_INPUT,"The time lies, in the future."',
      '4,text,INVALID_INPUT,It is empty.',
      '5,longitude,INVALID_INPUT,It is not a number.',
      '6,text,INVALID_INPUT,It may have 4000 characters.',
      '',
    ])
  })

  it('tries again when the hub goes away in the middle, with the same key, and renews a token that ran out', async () => {
    const answers: FakeAnswer[] = ['hang up', failed(503, 'PARTY_UNAVAILABLE'), failed(401, 'UNAUTHENTICATED')]
    const hub = await aHub((call, nth) => (nth === 1 ? takeAll(call) : (answers.shift() ?? takeAll(call))))
    const { code, result, told } = await run(hub, table(450))
    expect(code).toBe(0)
    expect(result).toMatchObject({ accepted: 450 })
    expect(told).toMatch(/cannot be reached.*Trying again/)
    expect(hub.calls.map(({ input }) => input.rows?.[0]?.line)).toEqual([2, 202, 202, 202, 202, 402])
    expect(new Set(hub.calls.map(({ input }) => input['clientKey'])).size).toBe(3)
    expect(hub.signedIn).toHaveLength(2)
  })

  it('exits 3 when the hub stays away; the same command then goes on where it stopped and forgets its checkpoint', async () => {
    const file = table(450)
    const first = await aHub((call, nth) => (nth === 1 ? takeAll(call) : 'hang up'))
    const cut = await run(first, file)
    expect(cut.code).toBe(3)
    expect(cut.told).toContain('Run the same command again')
    const port = Number(new URL(first.url).port)
    await first.stop()
    const second = await aHub(takeAll, port)
    const { code, result, told } = await run(second, file)
    expect(code).toBe(0)
    expect(result).toMatchObject({ accepted: 450, isResumed: true })
    expect(told).toContain('went on where it was cut off')
    expect(second.calls.map(({ input }) => input.rows?.[0]?.line)).toEqual([202, 402])
    expect(second.calls[0]?.input['clientKey']).toBe(first.calls[1]?.input['clientKey'])
    expect(existsSync(`${file}.commonhall-import.json`)).toBe(false)
  })

  it('begins anew with another community, mapping or system', async () => {
    const file = table(450)
    const hub = await aHub((call, nth) => (nth === 1 ? takeAll(call) : 'hang up'))
    await run(hub, file)
    const other = await aHub(takeAll)
    expect((await run(other, file, { system: 'another' })).result).toMatchObject({ accepted: 450, isResumed: false })
  })

  it('does not tell a rejected line twice after it was cut off', async () => {
    const file = fileOf(`id,text\n${Array.from({ length: 500 }, (_, i) => `${i},${i % 100 === 50 ? '' : 'x'}`).join('\n')}\n`)
    const cut = await aHub((call, nth) => (nth === 1 ? takeAll(call) : 'hang up'))
    await run(cut, file)
    // As if it had been killed between the report and the checkpoint.
    writeFileSync(`${file}.rejected.csv`, '999,text,INVALID_INPUT,half a li', { flag: 'a' })
    const { result } = await run(await aHub(takeAll), file)
    expect(result).toMatchObject({ accepted: 495, rejected: 5 })
    const lines = readFileSync(`${file}.rejected.csv`, 'utf8').trim().split('\r\n').slice(1)
    expect(lines.map((line) => Number(line.split(',')[0]))).toEqual([52, 152, 252, 352, 452])
  })

  it('stops after the batch under way when it is told to, exits 3, and goes on next time', async () => {
    const controller = new AbortController()
    const file = table(450)
    const hub = await aHub((call) => (controller.abort(), takeAll(call)))
    const { code, told } = await run(hub, file, {}, { signal: controller.signal })
    expect(code).toBe(3)
    expect(told).toContain('Stopped after line 201')
    expect((await run(hub, file)).result).toMatchObject({ accepted: 450, isResumed: true })
  })

  it('exits 3 when nobody answers at all', async () => {
    const gone = await aHub(takeAll)
    await gone.stop()
    const { code, told } = await run(gone, table(1))
    expect(code).toBe(3)
    expect(told).toContain('cannot be reached')
    expect((await run(gone, table(1), { token: 'mine' })).code).toBe(3)
  })

  it('exits 1 with the sentence and remedy of the hub when it refuses the whole import', async () => {
    const refusal = {
      __typename: 'Refusal',
      code: 'NOT_YOUR_RECORD',
      message: 'It belongs to another.',
      remedy: 'Ask them.',
      field: 'community',
    }
    const hub = await aHub(() => ({ body: { data: { result: refusal } } }))
    const { code, told } = await run(hub, table(1))
    expect(code).toBe(1)
    expect(told).toBe('✗ NOT_YOUR_RECORD (community): It belongs to another. — Ask them.')
  })

  it('exits 1 when the token is not taken, and never repeats it', async () => {
    const hub = await aHub(() => failed(401, 'UNAUTHENTICATED'))
    const { code, told } = await run(hub, table(1), { token: 'secret-token' })
    expect(code).toBe(1)
    expect(told).not.toContain('secret-token')
  })

  it.each([
    ['a header that fits nothing', 'a,b\n1,2\n', {}, 'no header gives it'],
    ['an empty file', '', {}, 'no header'],
    ['bytes that are no text', Buffer.from([0xff, 0xff, 0xff, 0x00, 0x80]), {}, 'UTF-8 nor in GBK'],
    ['a mapping to a header that is not there', 'id,text\n', { map: ['text=Was'] }, "no header 'Was'"],
    ['a persona nobody knows', 'id,text\n1,a\n', { persona: 'nobody' }, 'personas: clerk, cadre'],
  ] as const)('exits 2 for %s and sends nothing', async (_name, content, changes, sentence) => {
    const hub = await aHub(takeAll)
    const { code, told } = await run(hub, fileOf(content), changes)
    expect(code).toBe(2)
    expect(told).toContain(sentence)
    expect(hub.calls).toEqual([])
  })

  it('exits 2 for a file that is not there', async () => {
    const { code, told } = await run({ url: 'http://127.0.0.1:9/graphql' }, join(folder(), 'none.csv'))
    expect(code).toBe(2)
    expect(told).toContain('there is no such file')
  })

  it('checks a file without a hub in a dry run, and leaves no checkpoint', async () => {
    const file = fileOf('id,text\n1,a\n2,\n')
    const { code, result, told } = await run({ url: 'http://127.0.0.1:9/graphql' }, file, { dryRun: true })
    expect(code).toBe(1)
    expect(result).toMatchObject({ accepted: 1, rejected: 1, isDryRun: true })
    expect(told).toContain('nothing was sent')
    expect(existsSync(`${file}.commonhall-import.json`)).toBe(false)
  })

  it('prints a table in the language of the person', async () => {
    const hub = await aHub(takeAll)
    const { terminal } = await run(hub, table(3), { json: false }, { language: 'zh' })
    expect(terminal.printed.join('\n')).toMatch(/已导入.*3/)
    expect(hub.calls[0]?.language).toBe('zh')
  })
})

describe('commonhall import residents', () => {
  it('reads years of birth as numbers and dates', async () => {
    const hub = await aHub(takeAll)
    const file = fileOf(
      '编号,姓名,出生年,电话,网格\n1,王芳,1950,13800000000,3\n2,,1961年5月2日,,\n3,李静,很久以前,,\n4,赵强,1985年7月,,\n5,周敏,19900102,,\n6,吴磊,3000000000,,\n',
    )
    const { code } = await run(hub, file, {}, { kind: 'residents' })
    expect(code).toBe(1)
    expect(hub.calls[0]?.input.rows).toEqual([
      { line: 2, externalId: '1', name: '王芳', contact: '13800000000', cell: '3', birthYear: 1950 },
      { line: 3, externalId: '2', name: null, contact: null, cell: null, birthYear: 1961 },
      { line: 5, externalId: '4', name: '赵强', contact: null, cell: null, birthYear: 1985 },
      { line: 6, externalId: '5', name: '周敏', contact: null, cell: null, birthYear: 1990 },
    ])
  })
})

describe('the words of the command', () => {
  it.each([
    [['import', 'suggestions', 'f.csv', '--system', 'x'], "required option '--community <id>'"],
    [['import', 'residents', 'f.csv', '--community', 'c'], "required option '--system <name>'"],
    [['import', 'suggestions', 'f.csv', '--community', 'c', '--system', 'x', '--assent', 'YES'], 'Allowed choices are SIGNED'],
    [['import', 'suggestions', 'f.csv', '--community', 'c', '--system', 'x', '--map', 'text'], 'field=header is wanted'],
    [['import', 'grid', 'f.json', '--community', 'c', '--url', 'nowhere'], 'an http or https address is wanted'],
    [['import', 'everything', 'f.csv'], 'unknown command'],
  ])('calls %j wrong use', async (words, sentence) => {
    const terminal = fakeTerminal()
    expect(await createProgram(terminal).run(words)).toBe(2)
    expect(terminal.told.join('\n')).toContain(sentence)
  })

  it('takes several mappings and the token of the environment', async () => {
    const hub = await aHub(takeAll)
    const file = fileOf('Nr;Was\n7;lamp\n')
    const terminal = fakeTerminal({ environment: { COMMONHALL_TOKEN: 'from-environment' } })
    const words = [
      'import',
      'suggestions',
      file,
      '--community',
      'com_1',
      '--system',
      'x',
      '--url',
      hub.url,
      '--map',
      'externalId=Nr',
      '--map',
      'text=Was',
    ]
    expect(await createProgram(terminal).run(words)).toBe(0)
    expect(hub.calls[0]).toMatchObject({ token: 'from-environment', input: { rows: [{ externalId: '7', text: 'lamp' }] } })
  })
})
