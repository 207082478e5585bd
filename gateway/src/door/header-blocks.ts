import type { Language } from '@commonhall/shared/identity'

/** Header names and values in turn, as `writeHead` takes them without looking at each. */
export type HeaderBlock = readonly string[]

const SECURITY: HeaderBlock = [
  'x-content-type-options',
  'nosniff',
  'referrer-policy',
  'no-referrer',
  'content-security-policy',
  "default-src 'none'; frame-ancestors 'none'",
  'cache-control',
  'no-store',
]

const TAGS: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' }
const blocks = new Map<string, HeaderBlock>()

/** The headers that every answer of one content type and language has; made once. `contentType` is ours, never the client's. */
export const headerBlock = (contentType: string, language?: Language): HeaderBlock => {
  const key = `${contentType} ${language ?? ''}`
  const known = blocks.get(key)
  if (known !== undefined) return known
  const block = [...SECURITY, 'content-type', contentType, ...(language === undefined ? [] : ['content-language', TAGS[language]])]
  blocks.set(key, block)
  return block
}
