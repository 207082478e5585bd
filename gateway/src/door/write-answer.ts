import type { ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

import type { ByteText } from '../transport/party-link.js'
import type { HeaderBlock } from './header-blocks.js'

/** Writes an answer in one piece; returns the bytes of the body. The text is bytes already, so nothing is encoded here. */
export const writeAnswer = (response: ServerResponse, status: number, headers: HeaderBlock, body: ByteText): number => {
  response.writeHead(status, [...headers, 'content-length', String(body.length)])
  response.end(body, 'latin1')
  return body.length
}

/** Encodings we can write, best first. */
type Encoding = 'br' | 'gzip'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
// Quality 4 costs about as much as gzip and is smaller; the default of 11 would take seconds.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

/** The encoding a client takes, from `Accept-Encoding`; null for none, and for whoever weighs with q=0. */
export const acceptedEncoding = (header: string | undefined): Encoding | null => {
  if (header === undefined) return null
  const names = header
    .slice(0, 500)
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
  const takes = (name: Encoding): boolean => names.some((part) => part.split(';')[0]?.trim() === name && !/;\s*q=0(\.0*)?\s*$/.test(part))
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null
}

/** Writes an answer compressed, off the event loop; returns the bytes that went out. A body that does not shrink goes as it is. */
export const writeCompressed = async (
  response: ServerResponse,
  status: number,
  headers: HeaderBlock,
  answer: { readonly body: ByteText; readonly encoding: Encoding },
): Promise<number> => {
  const plain = Buffer.from(answer.body, 'latin1')
  const packed = answer.encoding === 'br' ? await brotli(plain, BROTLI) : await zip(plain)
  const isSmaller = packed.length < plain.length
  const body = isSmaller ? packed : plain
  response.writeHead(status, [
    ...headers,
    ...(isSmaller ? ['content-encoding', answer.encoding] : []),
    'content-length',
    String(body.length),
  ])
  response.end(body)
  return body.length
}
