import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Transform } from 'node:stream'

/** Encodings in which offices keep their tables; GB 18030 reads GBK and GB 2312, too. */
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le'

/** What one pass over a file tells: how to read it, and the digest by which a later run knows it again. */
export interface FileFacts {
  readonly encoding: Encoding
  readonly digest: string
  readonly bytes: number
}

/** A file that is no text in any of the encodings. */
export class UnreadableTextError extends Error {}

/**
 * Reads a file once and tells its encoding: UTF-16 by its byte order mark, UTF-8 when every byte fits, else GB 18030 when that fits.
 *
 * The whole file is looked at, because a table may be plain ASCII up to its last line. Memory: one chunk.
 */
export const readFileFacts = async (path: string): Promise<FileFacts> => {
  const hash = createHash('sha256')
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  const gb = new TextDecoder('gb18030', { fatal: true })
  const fits = { utf8: true, gb: true }
  let bytes = 0
  let isUtf16 = false
  const tryDecode = (name: 'utf8' | 'gb', decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): void => {
    if (!fits[name]) return
    try {
      decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      fits[name] = false
    }
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (bytes === 0) isUtf16 = chunk[0] === 0xff && chunk[1] === 0xfe
    bytes += chunk.length
    hash.update(chunk)
    tryDecode('utf8', utf8, chunk)
    tryDecode('gb', gb, chunk)
  }
  tryDecode('utf8', utf8)
  tryDecode('gb', gb)
  const digest = hash.digest('hex')
  if (isUtf16) return { encoding: 'utf-16le', digest, bytes }
  if (fits.utf8) return { encoding: 'utf-8', digest, bytes }
  if (fits.gb) return { encoding: 'gb18030', digest, bytes }
  throw new UnreadableTextError('The file is text neither in UTF-8 nor in GBK/GB 18030; save it as CSV (UTF-8) and try again.')
}

/** Turns the bytes of a file into UTF-8 text without its byte order mark, as a stream. */
export const decodeStream = (encoding: Encoding): Transform => {
  const decoder = new TextDecoder(encoding, { fatal: false, ignoreBOM: false })
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, Buffer.from(decoder.decode(chunk, { stream: true })))
    },
    flush(done) {
      done(null, Buffer.from(decoder.decode()))
    },
  })
}
