import { isUtf8 } from 'node:buffer'

/** Below this many bytes per chunk on average, a long answer is no answer but work for the hub. */
const LEAST_CHUNK_BYTES = 32
const CHUNKS_WITHOUT_COUNTING = 4096

/**
 * Collects the bytes of an answer, bounded; memory stays below twice what was received, however small the pieces. `expectedBytes` is the
 * length the party announced, if any; nothing is reserved on its word alone.
 */
export class AnswerBytes {
  private held: Buffer | null = null
  private own: Buffer | null = null
  private length = 0
  private chunks = 0

  constructor(
    private readonly maxBytes: number,
    private readonly expectedBytes: number | null,
  ) {}

  /** False when the answer has grown over the cap or comes in crumbs; it must then be given up. */
  add(chunk: Buffer): boolean {
    this.chunks += 1
    const needed = this.length + chunk.length
    if (needed > this.maxBytes) return false
    if (this.chunks > CHUNKS_WITHOUT_COUNTING && needed < this.chunks * LEAST_CHUNK_BYTES) return false
    if (this.length === 0) {
      // Most answers come in one piece, which is used where it lies.
      this.held = chunk
    } else {
      chunk.copy(this.own === null || this.own.length < needed ? this.grow(needed) : this.own, this.length)
    }
    this.length = needed
    return true
  }

  /** Before the next read: bytes that still lie in the socket's buffer are copied. */
  keep(): void {
    if (this.held !== null) this.grow(this.length)
  }

  /** What was collected. It may lie in the socket's buffer: use it before the next read. */
  whole(): Buffer {
    return this.held ?? this.own?.subarray(0, this.length) ?? Buffer.alloc(0)
  }

  /** Room for `needed` bytes and what may follow, with what there is. */
  private grow(needed: number): Buffer {
    const { own, held, maxBytes } = this
    const grown = Buffer.allocUnsafe(Math.max(needed, Math.min(this.expectedBytes ?? maxBytes, maxBytes, needed * 2)))
    ;(own ?? held)?.copy(grown, 0, 0, this.length)
    this.own = grown
    this.held = null
    return grown
  }
}

/** UTF-8 bytes as a byte text; null when they are none. */
export const textOfUtf8 = (bytes: Buffer): string | null => (isUtf8(bytes) ? bytes.toString('latin1') : null)
