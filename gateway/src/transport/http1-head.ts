import type { AnswerHead } from './http-headers.js'

/** How the body of an answer ends: after so many bytes, by its chunks, or with the connection. */
export type BodyEnd = { readonly kind: 'length'; readonly bytes: number } | { readonly kind: 'chunks' } | { readonly kind: 'close' }

/** The head of an answer, as far as anybody asks. */
export interface Http1Head extends AnswerHead {
  readonly status: number
  readonly bodyEnd: BodyEnd
  /** How long the connection may be kept for another call; 0 when it may not. */
  readonly keepMs: number
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/
const HEADER_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/
const LENGTH = /^\d{1,15}$/
const LONGEST_KEEP_MS = 4000
/** A party that closes after so long may do so while a call is on its way; we are earlier. */
const KEEP_MARGIN_MS = 1000

const keepOf = (minor: string | undefined, connection: string, keepAlive: string): number => {
  const words = connection.split(',').map((word) => word.trim())
  if (words.includes('close') || (minor === '0' && !words.includes('keep-alive'))) return 0
  const seconds = /(?:^|[,;\s])timeout=(\d{1,9})/.exec(keepAlive)?.[1]
  return seconds === undefined ? LONGEST_KEEP_MS : Math.max(0, Math.min(LONGEST_KEEP_MS, Number(seconds) * 1000 - KEEP_MARGIN_MS))
}

/**
 * Reads the head of an answer, without its last empty line, strictly after RFC 9112. Null for anything that two readers could
 * understand in two ways: bare CR or LF, folded lines, spaces before a colon, control characters, a length that is no number or is
 * given twice, a length beside chunks, a transfer coding other than `chunked`.
 */
export const readHttp1Head = (text: string): Http1Head | null => {
  const lines = text.split('\r\n')
  const start = STATUS_LINE.exec(lines[0] as string)
  if (start === null) return null
  const status = Number(start[2])
  let contentType = ''
  let contentEncoding: string | null = null
  let contentLength: number | null = null
  let coding: string | null = null
  let connection = ''
  let keepAlive = ''
  for (let at = 1; at < lines.length; at++) {
    const parts = HEADER_LINE.exec(lines[at] as string)
    if (parts === null) return null
    const value = (parts[2] as string).trimEnd()
    switch ((parts[1] as string).toLowerCase()) {
      case 'content-type':
        contentType = value
        break
      case 'content-encoding':
        contentEncoding = value.toLowerCase()
        break
      case 'content-length':
        if (contentLength !== null || !LENGTH.test(value)) return null
        contentLength = Number(value)
        break
      case 'transfer-encoding':
        if (coding !== null) return null
        coding = value.toLowerCase()
        break
      case 'connection':
        connection += `,${value.toLowerCase()}`
        break
      case 'keep-alive':
        keepAlive = value.toLowerCase()
        break
      default:
    }
  }
  if (coding !== null && (coding !== 'chunked' || contentLength !== null || start[1] === '0')) return null
  const hasNoBody = status < 200 || status === 204 || status === 304
  const bodyEnd: BodyEnd = hasNoBody
    ? { kind: 'length', bytes: 0 }
    : coding !== null
      ? { kind: 'chunks' }
      : contentLength !== null
        ? { kind: 'length', bytes: contentLength }
        : { kind: 'close' }
  const keepMs = bodyEnd.kind === 'close' ? 0 : keepOf(start[1], connection, keepAlive)
  return { status, contentType, contentEncoding, contentLength, bodyEnd, keepMs }
}
