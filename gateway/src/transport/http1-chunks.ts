/** Reads a body in chunks; told bytes as they come. */
export interface ChunkReader {
  /**
   * Reads from `at` and hands on data. Gives the index behind the body's last byte when it has ended, -1 when more is needed, and
   * null when the bytes break the protocol.
   */
  read(bytes: Buffer, at: number, onData: (data: Buffer) => boolean): number | null
}

const CR = 13
const LF = 10
const SIZE_LINE = /^([0-9A-Fa-f]{1,8})[ \t]*(?:;[\t\x20-\x7e]*)?$/
/** Size and extensions of a chunk; nobody needs more. */
const MAX_LINE_BYTES = 256
const MAX_TRAILER_BYTES = 8 * 1024

/**
 * A reader of chunked bodies, strictly after RFC 9112, section 7.1: sizes of at most eight digits, CR LF at every end, extensions and
 * trailers bounded and dropped. `onData` gives false when it wants no more; then the result means nothing.
 */
export const createChunkReader = (): ChunkReader => {
  let line = ''
  let left = 0
  let trailerBytes = 0
  let state: 'size' | 'data' | 'end of data' | 'trailers' = 'size'

  /** Reads up to CR LF; the line without it, null when it breaks the rules, undefined when it has not ended. */
  let from = 0
  const readLine = (bytes: Buffer, maxBytes: number): string | null | undefined => {
    const lineFeed = bytes.indexOf(LF, from)
    const to = lineFeed === -1 ? bytes.length : lineFeed + 1
    if (line.length + to - from > maxBytes) return null
    line += bytes.toString('latin1', from, to)
    from = to
    if (lineFeed === -1) return undefined
    const whole = line
    line = ''
    return whole.charCodeAt(whole.length - 2) === CR && whole.indexOf('\r') === whole.length - 2 ? whole.slice(0, -2) : null
  }

  return {
    read(bytes, at, onData) {
      from = at
      while (from < bytes.length) {
        if (state === 'data') {
          const to = Math.min(bytes.length, from + left)
          left -= to - from
          const data = bytes.subarray(from, to)
          from = to
          if (left === 0) state = 'end of data'
          if (!onData(data)) return null
          continue
        }
        const text = readLine(bytes, state === 'trailers' ? MAX_TRAILER_BYTES - trailerBytes : MAX_LINE_BYTES)
        if (text === null) return null
        if (text === undefined) return -1
        if (state === 'size') {
          const size = SIZE_LINE.exec(text)?.[1]
          if (size === undefined) return null
          left = Number.parseInt(size, 16)
          state = left === 0 ? 'trailers' : 'data'
        } else if (state === 'end of data') {
          if (text !== '') return null
          state = 'size'
        } else {
          if (text === '') return from
          trailerBytes += text.length + 2
        }
      }
      return -1
    },
  }
}
