import { readFileSync } from 'node:fs'

import { describe, expect, it } from '@jest/globals'

import { ERROR_CODES, HubError, maskError, REFUSAL_CODES } from './index.js'

const page = readFileSync(new URL('../../../docs/reference/errors.md', import.meta.url), 'utf8')

describe('the error catalogue', () => {
  it('has a page for every code, and no code without one', () => {
    const documented = [...page.matchAll(/^### ([A-Z_]+)$/gm)].map((match) => match[1])
    expect(documented.sort()).toEqual(Object.keys(ERROR_CODES).sort())
  })

  it.each(Object.entries(ERROR_CODES))('says %s in both languages, with a remedy in both', (_code, entry) => {
    expect(entry.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(entry.remedy.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(entry.en).toMatch(/^[A-Z]/)
    expect(entry.remedy.en.length).toBeGreaterThan(5)
    expect(entry.status).toBeGreaterThanOrEqual(400)
  })

  it('knows every refusal as a code', () => {
    for (const code of REFUSAL_CODES) expect(ERROR_CODES).toHaveProperty(code)
  })
})

describe('masking', () => {
  const context = { language: 'en', traceId: 't-1' } as const

  it('lets a known code through with its sentence, remedy and trace id', () => {
    const masked = maskError(new HubError('FORBIDDEN', { reason: 'PURPOSE', detail: 'secret', cause: new Error('secret') }), context)
    expect(masked).toMatchObject({
      message: ERROR_CODES.FORBIDDEN.en,
      extensions: { code: 'FORBIDDEN', reason: 'PURPOSE', traceId: 't-1' },
    })
    expect(JSON.stringify(masked)).not.toContain('secret')
  })

  it.each([new Error('password=hunter2'), 'text', null, undefined, { code: 'FORBIDDEN' }])('shows nothing of a bug: %p', (bug) => {
    const masked = maskError(bug, context)
    expect(masked.extensions['code']).toBe('INTERNAL')
    expect(JSON.stringify(masked)).not.toContain('hunter2')
  })
})
