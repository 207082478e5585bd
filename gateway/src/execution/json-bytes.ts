import { byteTextOf, textOfBytes } from '../transport/byte-text.js'
import type { ByteText } from '../transport/party-link.js'

/** A value as JSON in bytes; `null` for what JSON has no word for. */
export const jsonBytes = (value: unknown): ByteText => byteTextOf(JSON.stringify(value) ?? 'null')

/** The value of JSON in bytes. Throws a SyntaxError. */
export const parseBytes = (bytes: ByteText): unknown => JSON.parse(textOfBytes(bytes)) as unknown
