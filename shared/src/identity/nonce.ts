import { randomFillSync } from 'node:crypto'

const NONCE_BYTES = 16
const pool = Buffer.allocUnsafe(256 * NONCE_BYTES)
let used = pool.length

/** A value that nobody can guess and that never comes twice: 128 random bits in hexadecimal. Bits are fetched for 256 at a time. */
export const newNonce = (): string => {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += NONCE_BYTES
  return pool.toString('hex', used - NONCE_BYTES, used)
}
