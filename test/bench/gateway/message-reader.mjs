const LENGTH = /\r\ncontent-length:[ \t]*(\d+)/i
const CHUNKED = /\r\ntransfer-encoding:[ \t]*chunked/i

const EMPTY = Buffer.alloc(0)
const joined = (parts) => (parts.length === 1 ? parts[0] : parts.length === 0 ? EMPTY : Buffer.concat(parts))

/**
 * Reads HTTP/1.1 messages of one kept-alive connection with as little work as can be, so that stubs and load generator cost less
 * than what they measure. Gives `(head, body)` for each message; the head is text without its empty line, the body bytes.
 *
 * For our own peers on this machine: content-length or chunks, no trailers, no upgrades.
 */
export const createMessageReader = (onMessage) => {
  let rest = EMPTY
  let head = null
  let parts = []
  // Bytes the body still lacks; -1: it comes in chunks.
  let missing = 0
  // Bytes the current chunk still lacks with its line end; 0: a size line is next.
  let chunkMissing = 0

  const end = () => {
    const body = joined(parts)
    const finished = head
    head = null
    parts = []
    onMessage(finished, body)
  }

  /** Reads a head; false when there is not enough of it. */
  const readHead = () => {
    const at = rest.indexOf('\r\n\r\n')
    if (at === -1) return false
    head = rest.latin1Slice(0, at)
    rest = rest.subarray(at + 4)
    const length = LENGTH.exec(head)
    missing = length === null ? (CHUNKED.test(head) ? -1 : 0) : Number(length[1])
    chunkMissing = 0
    if (missing === 0) end()
    return true
  }

  const readPlain = () => {
    const taken = rest.length <= missing ? rest : rest.subarray(0, missing)
    rest = taken === rest ? EMPTY : rest.subarray(missing)
    missing -= taken.length
    parts.push(taken)
    if (missing === 0) end()
  }

  /** Reads chunks; false when a size line or the last line end is not complete. */
  const readChunks = () => {
    while (rest.length > 0) {
      if (chunkMissing === 0) {
        const at = rest.indexOf('\r\n')
        if (at === -1) return false
        const size = Number.parseInt(rest.latin1Slice(0, at), 16)
        if (size === 0) {
          if (rest.length < at + 4) return false
          rest = rest.subarray(at + 4)
          end()
          return true
        }
        rest = rest.subarray(at + 2)
        chunkMissing = size + 2
      }
      const taken = Math.min(rest.length, chunkMissing)
      const data = Math.min(taken, Math.max(0, chunkMissing - 2))
      if (data > 0) parts.push(rest.subarray(0, data))
      chunkMissing -= taken
      rest = rest.subarray(taken)
    }
    return false
  }

  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    while (rest.length > 0) {
      if (head === null) {
        if (!readHead()) return
      } else if (missing === -1) {
        if (!readChunks()) return
      } else readPlain()
    }
  }
}
