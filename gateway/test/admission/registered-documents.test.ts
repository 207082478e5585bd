import { afterAll, afterEach, describe, expect, it } from '@jest/globals'

import type { AdmissionOptions } from '../../src/admission/admission-options.js'
import { createTrustedDocuments } from '../../src/admission/trusted-documents.js'
import { documentHash } from '../../src/planning/document-cache.js'
import { startAdmission, trustedOf, WAYS, type AdmissionFixture } from './fixture-admission.js'

const ME = '{ me { name } }'
const OTHER = '{ me { id } }'
const DEEP = `{ me ${'{ friends '.repeat(15)}{ id }${' }'.repeat(15)} }`
const idOf = (text: string): string => `sha256:${documentHash(text)}`
const apq = (text: string, withText = false) => ({
  ...(withText ? { query: text } : {}),
  extensions: { persistedQuery: { version: 1, sha256Hash: documentHash(text) } },
})

let running: AdmissionFixture | null = null
const start = async (options: AdmissionOptions): Promise<AdmissionFixture> => (running = await startAdmission(options))
afterEach(async () => {
  await running?.close()
  running = null
})

describe('where registered documents are required for callers without a token', () => {
  const options: AdmissionOptions = { documentMode: 'required-for-anonymous', trusted: trustedOf(ME) }

  it('runs them by id, over every way in', async () => {
    const { ways } = await start(options)
    for (const way of WAYS) expect((await ways[way]({ documentId: idOf(ME) })).text).toContain('"Person 1"')
  })

  it('runs them by their text and by the hash that Apollo sends, too', async () => {
    const { ways } = await start(options)
    expect((await ways.POST({ query: ME })).text).toContain('"Person 1"')
    expect((await ways.POST(apq(ME))).text).toContain('"Person 1"')
    expect((await ways.GET({ extensions: apq(ME).extensions })).text).toContain('"Person 1"')
  })

  it('answers everything else with one error, whether it would be valid, invalid or forbidden, and asks nobody', async () => {
    const { ways, residents } = await start(options)
    const answers = await Promise.all(
      [OTHER, '{ nobody }', '{ me { id }', '{ __schema { types { name } } }', 'mutation { third }'].map((query) => ways.POST({ query })),
    )
    const shape = ({ status, text }: { status: number; text: string }) => [status, text.replace(/"traceId":"[^"]+"/, '')]
    expect(new Set(answers.map((answer) => JSON.stringify(shape(answer)))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 403, code: 'DOCUMENT_NOT_TRUSTED' })
    expect(residents.calls).toEqual([])
  })

  it('lets signed-in callers ask freely', async () => {
    const { ways, signIn } = await start(options)
    expect((await ways.POST({ query: OTHER }, await signIn('dashboard'))).code).toBeNull()
  })

  it('keeps no text that a caller without a token sends, and tells Apollo to stop sending hashes', async () => {
    const { ways } = await start(options)
    expect(await ways.POST(apq(OTHER))).toMatchObject({ status: 200, code: 'PERSISTED_QUERY_NOT_SUPPORTED' })
    expect(await ways.POST(apq(OTHER, true))).toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' })
  })

  it('does not open to them what a signed-in caller has brought into the cache', async () => {
    const { ways, signIn } = await start(options)
    expect((await ways.POST(apq(OTHER, true), await signIn('dashboard'))).code).toBeNull()
    expect((await ways.POST(apq(OTHER), await signIn('portal'))).code).toBeNull()
    expect(await ways.POST(apq(OTHER))).toMatchObject({ code: 'PERSISTED_QUERY_NOT_SUPPORTED' })
  })
})

describe('where registered documents are required for everybody', () => {
  it('refuses free text of signed-in callers too', async () => {
    const { ways, signIn } = await start({ documentMode: 'required', trusted: trustedOf(ME) })
    const headers = await signIn('dashboard')
    expect((await ways.POST({ documentId: idOf(ME) }, headers)).code).toBeNull()
    expect((await ways.POST({ query: OTHER }, headers)).code).toBe('DOCUMENT_NOT_TRUSTED')
    expect((await ways.POST(apq(OTHER, true), headers)).code).toBe('DOCUMENT_NOT_TRUSTED')
  })
})

describe('a registered document', () => {
  it('has the limits of its manifest, which nobody else gets', async () => {
    const text = JSON.stringify({
      format: 'commonhall-trusted-documents',
      limits: { maxDepth: 20 },
      documents: { [documentHash(DEEP)]: DEEP },
    })
    const { ways } = await start({ trusted: createTrustedDocuments([{ source: 'deep', text }]) })
    expect((await ways.POST({ documentId: idOf(DEEP) })).code).toBeNull()
    expect((await ways.POST({ query: DEEP.replace('me', 'x: me') })).reason).toBe('DEPTH_OVER_15')
  })

  it('of one client is unknown to all others, also to those who only call themselves so', async () => {
    const text = JSON.stringify({ [documentHash(ME)]: ME })
    const { ways, signIn } = await start({ trusted: createTrustedDocuments([{ source: 'own', text, clients: ['dashboard'] }]) })
    expect((await ways.POST({ documentId: idOf(ME) }, await signIn('dashboard'))).code).toBeNull()
    expect((await ways.POST({ documentId: idOf(ME) }, await signIn('portal'))).code).toBe('PERSISTED_DOCUMENT_NOT_FOUND')
    expect((await ways.POST({ documentId: idOf(ME) }, { 'hub-client': 'dashboard' })).code).toBe('PERSISTED_DOCUMENT_NOT_FOUND')
  })

  it('may be the only one that a client may run, which then needs no free text either', async () => {
    const { ways, signIn } = await start({
      trusted: trustedOf(ME, OTHER),
      clients: { clients: { kiosk: { documents: [documentHash(ME)] } } },
    })
    const kiosk = await signIn('kiosk')
    expect((await ways.POST({ documentId: idOf(ME) }, kiosk)).code).toBeNull()
    expect((await ways.POST({ documentId: idOf(OTHER) }, kiosk)).code).toBe('PERSISTED_DOCUMENT_NOT_FOUND')
    expect((await ways.POST({ query: '{ people { id } }' }, kiosk)).code).toBe('DOCUMENT_NOT_TRUSTED')
    expect((await ways.POST({ query: '{ people { id } }' }, { 'hub-client': 'kiosk' })).code).toBe('DOCUMENT_NOT_TRUSTED')
  })

  it('is not looked at where the mode is off', async () => {
    const { ways } = await start({ documentMode: 'off', trusted: trustedOf(ME) })
    expect((await ways.POST({ documentId: idOf(ME) })).code).toBe('PERSISTED_DOCUMENT_NOT_FOUND')
  })
})

describe("persisted queries as Apollo's clients speak them", () => {
  let fixture: AdmissionFixture
  afterAll(() => fixture.close())

  it('asks for the text once, then knows it', async () => {
    fixture = await startAdmission({})
    const asked = await fixture.ways.POST(apq(ME))
    expect(asked.status).toBe(200)
    expect(JSON.parse(asked.text)).toMatchObject({
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    })
    expect((await fixture.ways.POST(apq(ME, true))).text).toContain('"Person 1"')
    expect((await fixture.ways.POST(apq(ME))).text).toContain('"Person 1"')
    expect((await fixture.ways.GET({ extensions: apq(ME).extensions })).text).toContain('"Person 1"')
  })

  it.each([
    ['a text that is not the one of its hash', { query: OTHER, extensions: apq(ME).extensions }, 'PERSISTED_QUERY_HASH_MISMATCH'],
    ['another version', { extensions: { persistedQuery: { version: 2, sha256Hash: documentHash(ME) } } }, 'PERSISTED_QUERY_VERSION'],
    ['a hash that is none', { extensions: { persistedQuery: { version: 1, sha256Hash: '__proto__' } } }, 'PERSISTED_QUERY_HASH'],
  ])('refuses %s', async (_, payload, reason) => {
    expect(await fixture.ways.POST(payload)).toMatchObject({ code: 'BAD_REQUEST', reason })
  })

  it('keeps no text that was refused', async () => {
    const bad = '{ me { nobody } }'
    expect((await fixture.ways.POST(apq(bad, true))).reason).toBe('DOCUMENT_INVALID')
    expect((await fixture.ways.POST(apq(bad))).code).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  it('says so where they are not offered', async () => {
    const { ways } = await start({ persistedQueries: false })
    expect((await ways.POST(apq(ME))).text).toContain('"message":"PersistedQueryNotSupported"')
    expect((await ways.POST(apq(ME, true))).code).toBeNull()
    expect((await ways.POST(apq(ME))).code).toBe('PERSISTED_QUERY_NOT_SUPPORTED')
  })
})
