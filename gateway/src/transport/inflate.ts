import { brotliDecompress, gunzip } from 'node:zlib'

/** Codings that can be asked for. */
export type Coding = 'gzip' | 'br'

const MAX_RATIO = 100
/** A short answer may repeat itself more than a long one. */
const ALWAYS_ALLOWED_BYTES = 4096

/**
 * Inflates an answer, never beyond 100 times its size nor `maxBytes`: the bound is set before the first byte is inflated and
 * kept while inflating, off the event loop. Rejects with a RangeError (code ERR_BUFFER_TOO_LARGE) over it, with another error for
 * broken bytes.
 */
export const inflate = (bytes: Buffer, coding: Coding, maxBytes: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const maxOutputLength = Math.min(maxBytes, Math.max(ALWAYS_ALLOWED_BYTES, bytes.length * MAX_RATIO))
    const done = (error: Error | null, inflated: Buffer): void => (error === null ? resolve(inflated) : reject(error))
    if (coding === 'br') brotliDecompress(bytes, { maxOutputLength }, done)
    else gunzip(bytes, { maxOutputLength }, done)
  })

/** Whether an error of `inflate` means "too much" and not "broken". */
export const isTooMuch = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ERR_BUFFER_TOO_LARGE'
