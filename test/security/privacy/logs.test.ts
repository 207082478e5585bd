import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { ask, freePort, personaToken, startHubProcess, temporaryFolder, type HubProcess } from '@commonhall/harness'

import { ACTS } from '../../stories/suggestion-life/documents.js'

const PERSONAS = ['resident', 'neighbour', 'clerk', 'cadre', 'officer'] as const
const CANARY = 'CANARY-IN-WHAT-A-PERSON-WROTE'

describe('what a hub writes down while people use it, with the log at its most talkative', () => {
  const folder = temporaryFolder()
  let hub: HubProcess
  const tokens = {} as Record<(typeof PERSONAS)[number], string>
  const secrets: string[] = []

  beforeAll(async () => {
    hub = startHubProcess({ dataDir: folder.path, port: await freePort(), settings: { COMMONHALL_LOG_LEVEL: 'debug' } })
    await hub.ready()
    for (const persona of PERSONAS) tokens[persona] = await personaToken(hub, persona)
    const me = (await ask(hub, '{ me { id name contact community { id } } }', tokens.resident)).data?.['me'] as {
      id: string
      name: string
      contact: string
      community: { id: string }
    }
    const community = me.community.id
    const act = async (token: string | undefined, name: keyof typeof ACTS, input: object): Promise<Record<string, unknown>> =>
      ((await ask(hub, ACTS[name], token, { input })).data?.[name] ?? {}) as Record<string, unknown>
    const entry = {
      kind: 'COMPLAINT',
      text: `${CANARY} text`,
      address: `${CANARY} address`,
      community,
      channel: 'APP',
      clientKey: `${CANARY}-key-of-the-client`,
    }
    const { id } = await act(tokens.resident, 'submitSuggestion', entry)
    await act(tokens.resident, 'submitSuggestion', { ...entry, text: `${CANARY} the same key again` })
    const anonymous = await act(undefined, 'submitSuggestion', { ...entry, clientKey: `${CANARY}-another-key`, anonymous: true })
    await act(undefined, 'withdrawSuggestion', { suggestion: anonymous['id'], followCode: `${CANARY}-code` })
    await act(tokens.clerk, 'recordSuggestionFor', {
      resident: me.id,
      assent: { form: 'SPOKEN_WITNESSED', at: new Date().toISOString(), witness: `${CANARY} witness` },
      kind: 'HELP_REQUEST',
      text: `${CANARY} for somebody`,
      community,
      channel: 'VISIT',
    })
    await act(tokens.neighbour, 'rateOutcome', { suggestion: id, resolved: true, score: 7, comment: `${CANARY} comment` })
    await act(tokens.cadre, 'triageSuggestion', { suggestion: `${CANARY}'; drop table x --`, route: 'GOVERNMENT', to: [`${CANARY}`] })
    await act(tokens.officer, 'acceptCase', { suggestion: id, promise: `${CANARY} no promise` })
    await ask(hub, `{ similarSuggestions(text: "${CANARY} in the document") { id } }`)
    await ask(hub, `query { ${CANARY.replaceAll('-', '_')} }`)
    await ask(hub, 'query ($t: String!) { suggestions(filter: { search: $t }, first: 1) { nodes { id } } }', tokens.resident, {
      t: `${CANARY}\u0000`,
    })
    await ask(hub, '{ departments { id } }', `${tokens.cadre.slice(0, -4)}AAAA`)
    await ask(hub, '{ departments { id } }', `${CANARY}.no.token`)
    secrets.push(me.name, me.contact, String(anonymous['followCode']))
    expect(id).toEqual(expect.any(String))
    expect(anonymous['followCode']).toEqual(expect.any(String))
  }, 120_000)
  afterAll(async () => {
    hub.child.kill('SIGTERM')
    await hub.ended
    folder.remove()
  }, 30_000)

  const written = (): string => hub.output() + readFileSync(join(folder.path, 'postgres.log'), 'utf8')

  it('says that operations ran', () => {
    expect(hub.output()).toContain('"msg":"operation"')
  })

  it('holds nothing of what persons wrote, searched for or were called, and no code that opens an entry', () => {
    for (const line of written().split('\n')) expect(line).not.toContain(CANARY)
    for (const secret of secrets) expect(written()).not.toContain(secret)
  })

  it('holds no byte of a token, no key and no password', () => {
    for (const token of Object.values(tokens))
      for (const part of token.split('.').slice(1)) expect(written()).not.toContain(part.slice(0, 24))
    const keys = JSON.parse(readFileSync(join(folder.path, 'keys.json'), 'utf8')) as object
    const leaves = (value: unknown): string[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)]
    for (const leaf of leaves(keys).filter((text) => text.length >= 16 && !text.includes('BEGIN'))) expect(written()).not.toContain(leaf)
  })
})
