import type { ByteText } from './party-link.js'

/**
 * The UTF-8 bytes of a text as `ByteText`. A lone half of a character becomes U+FFFD, as in any encoder.
 *
 * ASCII goes the same way, although it has the same characters before and after: a name that was cut out of a schema with Chinese in it
 * is held in two bytes a character, and one such name makes every answer that holds it twice as large until it is written.
 */
export const byteTextOf = (text: string): ByteText => Buffer.from(text, 'utf8').toString('latin1')

/** What a byte text says; bytes that are no UTF-8 become U+FFFD. */
export const textOfBytes = (bytes: ByteText): string =>
  Buffer.byteLength(bytes, 'utf8') === bytes.length ? bytes : Buffer.from(bytes, 'latin1').toString('utf8')
