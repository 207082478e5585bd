import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import { documentHash } from '../planning/document-cache.js'
import { PRODUCTION_CLASSES } from './admission-options.js'
import { readAdmission } from './read-admission.js'

describe('the settings of admission', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'admission-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  it('bound cost and rate where nothing is said, but not in a demonstration', () => {
    expect(readAdmission({ isDemo: false })).toEqual({ documentMode: 'allowed', trusted: null, clients: PRODUCTION_CLASSES })
    expect(readAdmission({ isDemo: true }).clients).toEqual({})
  })

  it('require registered documents of callers without a token as soon as there are some', () => {
    write('all.json', JSON.stringify({ [documentHash('{ a }')]: '{ a }' }))
    const admission = readAdmission({ isDemo: false, trustedFolder: folder })
    expect([admission.documentMode, admission.trusted?.size]).toEqual(['required-for-anonymous', 1])
    expect(readAdmission({ isDemo: false, trustedFolder: folder, documentMode: 'allowed' }).documentMode).toBe('allowed')
  })

  it('are refused with every fault at once', () => {
    const clientsFile = write('clients.txt', '{"anonymous":{"limit":1},"signedIn":{"maxCost":-1}}')
    write('bad.json', JSON.stringify({ [documentHash('{ b }')]: '{ a }' }))
    expect(() => readAdmission({ isDemo: false, trustedFolder: folder, clientsFile })).toThrow(
      expect.objectContaining({
        name: 'AdmissionRefused',
        faults: [expect.stringContaining('bad.json'), expect.stringContaining('anonymous'), expect.stringContaining('signedIn.maxCost')],
      }),
    )
  })

  it.each([
    ['a folder that is not there', { trustedFolder: '/nonexistent/manifests' }, 'cannot be read'],
    ['a file that is not there', { clientsFile: '/nonexistent/clients.json' }, 'cannot be read'],
    ['registered documents alone, but none', { documentMode: 'required' as const }, 'needs a folder'],
  ])('refuse %s', (_, settings, fault) => {
    expect(() => readAdmission({ isDemo: false, ...settings })).toThrow(fault)
  })
})
