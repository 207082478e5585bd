import { isUtf8 } from 'node:buffer'

/** Below this many bytes per chunk on average, a long answer is no answer but work for the hub. */
const LEAST_CHUNK_BYTES = 32
const CHUNKS_WITHOUT_COUNTING = 4096

/** Collects the bytes of an answer, bounded; memory stays below twice what was received, however small the pieces. */
export interface AnswerBytes {
  /** False when the answer has grown over the cap or comes in crumbs; it must then be given up. */
  add(chunk: Buffer): boolean
  /** Before the next read: bytes that still lie in the socket's buffer are copied. */
  keep(): void
  /** What was collected. It may lie in the socket's buffer: use it before the next read. */
  whole(): Buffer
}

/** An empty collector. `expectedBytes` is the length the party announced, if any; nothing is reserved on its word alone. */
export const createAnswerBytes = (maxBytes: number, expectedBytes: number | null): AnswerBytes => {
  let held: Buffer | null = null
  let own: Buffer | null = null
  let length = 0
  let chunks = 0
  /** Room for `needed` bytes and what may follow, with what there is. */
  const grow = (needed: number): Buffer => {
    const grown = Buffer.allocUnsafe(Math.max(needed, Math.min(expectedBytes ?? maxBytes, maxBytes, needed * 2)))
    ;(own ?? held)?.copy(grown, 0, 0, length)
    own = grown
    held = null
    return grown
  }
  return {
    add(chunk) {
      chunks += 1
      const needed = length + chunk.length
      if (needed > maxBytes) return false
      if (chunks > CHUNKS_WITHOUT_COUNTING && needed < chunks * LEAST_CHUNK_BYTES) return false
      if (length === 0) {
        // Most answers come in one piece, which is used where it lies.
        held = chunk
      } else {
        chunk.copy(own === null || own.length < needed ? grow(needed) : own, length)
      }
      length = needed
      return true
    },
    keep() {
      if (held !== null) grow(length)
    },
    whole: () => held ?? own?.subarray(0, length) ?? Buffer.alloc(0),
  }
}

/** UTF-8 bytes as a byte text; null when they are none. */
export const textOfUtf8 = (bytes: Buffer): string | null => (isUtf8(bytes) ? bytes.toString('latin1') : null)
