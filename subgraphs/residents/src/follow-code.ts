import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * The follow code of an anonymous entry: 60 bits of HMAC-SHA-256 over its id, in base32, as XXXX-XXXX-XXXX.
 *
 * Only the secret is kept, never a code: whoever reads the database can follow nobody.
 */
export const followCodeOf = (secret: string, suggestionId: string): string => {
  const bytes = createHmac('sha256', secret).update(`follow\n${suggestionId}`).digest()
  let bits = bytes.readBigUInt64BE(0) >> 4n
  let code = ''
  for (let place = 0; place < 12; place++, bits >>= 5n) code = `${ALPHABET[Number(bits & 31n)]}${code}`
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** How a given code stands to an entry. Compared in constant time; hyphens, blanks and case do not matter; named entries fit no code. */
export const checkFollowCode = (
  secret: string,
  suggestion: { readonly id: string; readonly anonymous: boolean },
  code: string | null | undefined,
): 'NONE' | 'FITS' | 'WRONG' => {
  if (code === null || code === undefined) return 'NONE'
  const given = code.slice(0, 40).toUpperCase().replace(/[\s-]/g, '')
  const wanted = followCodeOf(secret, suggestion.id).replaceAll('-', '')
  return timingSafeEqual(digest(given), digest(wanted)) && suggestion.anonymous ? 'FITS' : 'WRONG'
}
