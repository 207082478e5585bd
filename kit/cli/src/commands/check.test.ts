import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { widthOf } from '../console/layout.js'
import { createProgram } from '../program.js'
import { fakeTerminal } from '../testing/fake-terminal.js'

const party = (name: string, kind: string, types: string, query: string): string => `party: ${name}
kind: ${kind}
title: { zh: 一方, en: A party }
owns: { types: [${types}], queries: [${query}] }
acts: []
`
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external"])\n'
const OWNER = 'directive @owner(party: PartyKind!) on OBJECT | FIELD_DEFINITION\nenum PartyKind { RESIDENT NONPROFIT }\n'
const RESIDENTS = `${LINK}${OWNER}type Resident @key(fields: "id") @owner(party: RESIDENT) { id: ID! contact: String @shareable }
type Query { me: Resident }
`
const HONEST = `${LINK}${OWNER}type Meal @key(fields: "id") @owner(party: NONPROFIT) { id: ID! guest: Resident }
type Resident @key(fields: "id") { id: ID! }
type Query { meal: Meal }
`
const TAKING = HONEST.replace(
  'type Resident @key(fields: "id") { id: ID! }',
  'type Resident @key(fields: "id") {\n  id: ID!\n  contact: String @shareable\n}',
)

describe('commonhall check', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-'))
    mkdirSync(join(folder, 'charter'))
    const files = {
      'charter/residents.yaml': party('residents', 'RESIDENT', 'Resident', 'me'),
      'charter/meals.yaml': party('meals', 'NONPROFIT', 'Meal', 'meal'),
      'charter/commons.yaml': 'commons: true\ntitle: { zh: 公共, en: Commons }\nscalars: []\ndirectives: [owner]\ntypes: [PartyKind]\n',
      'residents.graphql': RESIDENTS,
      'honest.graphql': HONEST,
      'taking.graphql': TAKING,
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const run = async (meals: string, words: string[] = [], options: Parameters<typeof fakeTerminal>[0] = {}) => {
    const terminal = fakeTerminal(options)
    const subgraphs = ['--subgraph', `residents=${join(folder, 'residents.graphql')}`, '--subgraph', `meals=${join(folder, meals)}`]
    const code = await createProgram(terminal).run(['check', '--charter', join(folder, 'charter'), ...subgraphs, ...words])
    return { code, told: terminal.told.join('\n'), printed: terminal.printed.join('\n').replaceAll(folder, '.') }
  }

  it('says that honest schemas keep the charter, and ends with 0', async () => {
    expect(await run('honest.graphql')).toEqual({ code: 0, told: '', printed: '✓ All schemas keep the charter.\n✓ They compose.' })
    expect((await run('honest.graphql', ['--format', 'github'])).printed).toBe('')
  })

  it('tells a person who owns what was taken, where, what would follow and what to do, and ends with 1', async () => {
    const { code, printed } = await run('taking.graphql')
    expect(code).toBe(1)
    expect(printed.split('\n').slice(0, 8)).toEqual([
      'FIELD_TAKEN  Resident.contact belongs to residents; meals may not define it.',
      '  defined   ./taking.graphql:7:3',
      '  owned by  charter/residents.yaml:4',
      '  effect    There would be two answers to one fact; which one is heard would',
      '            depend on the query.',
      '  remedies  1. Mark it @external if you only refer to it.',
      '            2. Put it on a type of your own, under a name of your own.',
      '  more      commonhall explain FIELD_TAKEN',
    ])
    expect(printed).toContain('✗ 1 finding in 1 subgraph.\n✓ They compose.')
  })

  it('speaks Chinese by locale or by --lang, within 80 columns', async () => {
    const { printed } = await run('taking.graphql', [], { language: 'zh' })
    expect(printed).toContain('FIELD_TAKEN  Resident.contact 属于 residents；meals 不得定义。')
    expect((await run('taking.graphql', ['--lang', 'zh'])).printed).toBe(printed)
    expect(Math.max(...printed.split('\n').map(widthOf))).toBeLessThanOrEqual(80)
  })

  it('colours only for a person who has not said NO_COLOR', async () => {
    const isColoured = async (options: Parameters<typeof fakeTerminal>[0]) =>
      (await run('taking.graphql', [], options)).printed.includes('\u001b[')
    expect(await isColoured({ isInteractive: true })).toBe(true)
    expect(await isColoured({ isInteractive: true, environment: { NO_COLOR: '1' } })).toBe(false)
    expect(await isColoured({})).toBe(false)
  })

  it('prints the JSON of its schema', async () => {
    const { code, printed } = await run('taking.graphql', ['--format', 'json'])
    expect(code).toBe(1)
    expect(JSON.parse(printed)).toEqual({
      findings: [
        expect.objectContaining({
          code: 'FIELD_TAKEN',
          kind: 'claim',
          coordinate: 'Resident.contact',
          owner: 'residents',
          offender: 'meals',
          file: './taking.graphql',
          line: 7,
          message: { zh: expect.any(String), en: expect.any(String) },
          remedies: expect.arrayContaining([{ zh: expect.any(String), en: expect.any(String) }]),
        }),
      ],
      composition: { ok: true, errors: [] },
    })
  })

  it('puts findings on their lines of a pull request', async () => {
    expect((await run('taking.graphql', ['--format', 'github'])).printed).toMatch(
      /^::error file=\.\/taking\.graphql,line=7,col=3,title=FIELD_TAKEN::Resident\.contact belongs to residents; meals may not define it\.%0A/,
    )
  })

  it('ends with 1 when schemas keep the charter but do not compose', async () => {
    writeFileSync(join(folder, 'lost.graphql'), HONEST.replace('{ id: ID! guest', '{ id: ID! lost: Missing guest'))
    const { code, printed } = await run('lost.graphql')
    expect(code).toBe(1)
    expect(printed).toContain('does not compose')
  })

  it.each([
    ['a name without a file', ['--subgraph', 'meals'], 'NAME=FILE is wanted'],
    ['a subgraph given twice', ['--subgraph', 'meals=again.graphql'], 'meals is given twice'],
    ['an unknown format', ['--format', 'xml'], 'Allowed choices are text, json, github'],
  ])('calls %s wrong use', async (_, words, sentence) => {
    const { code, told } = await run('honest.graphql', words)
    expect(code).toBe(2)
    expect(told).toContain(sentence)
  })

  it('ends with 3 when a file cannot be read or the charter is not valid', async () => {
    expect(await run('nowhere.graphql')).toMatchObject({ code: 3, printed: '', told: expect.stringContaining('Cannot be read: ENOENT') })
    const terminal = fakeTerminal()
    expect(await createProgram(terminal).run(['check', '--charter', folder, '--subgraph', 'a=b'])).toBe(3)
    expect(terminal.told.join('\n')).toContain('CHARTER_NO_COMMONS')
  })
})

describe('commonhall explain', () => {
  const run = async (...words: string[]) => {
    const terminal = fakeTerminal()
    return { code: await createProgram(terminal).run(['explain', ...words]), ...terminal }
  }

  it('shows a rule with an example that is refused and one that is accepted', async () => {
    const { code, printed } = await run('hide-not-granted')
    expect(code).toBe(0)
    expect(printed.join('\n')).toContain("HIDE_NOT_GRANTED  hide\nAnother's element is hidden without a grant")
    expect(printed.join('\n')).toContain('extend type Suggestion { text: String @external @inaccessible }')
    expect(printed.join('\n')).toContain('- { to: committees, hide: Suggestion.text }')
  })

  it('answers an unknown code with the nearest ones', async () => {
    const { code, told } = await run('TYPE_TAKN')
    expect(code).toBe(2)
    expect(told.join('\n')).toContain('Near to it: TYPE_TAKEN')
  })
})
