import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

const SCRAM_ITERATIONS = 4096

/** A fresh password for a database login: 192 random bits, 32 characters that need no escaping in a URL or a shell. */
export const generatePassword = (): string => randomBytes(24).toString('base64url')

/**
 * What the server stores for a password (RFC 5803, SCRAM-SHA-256), so that the password itself never travels in a statement or reaches a log.
 *
 * A password with other than printable ASCII is given back unchanged: only the server knows SASLprep, it will hash it itself.
 */
export const scramVerifier = (password: string): string => {
  if (!/^[\x20-\x7e]+$/.test(password)) return password
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, SCRAM_ITERATIONS, 32, 'sha256')
  const keyed = (label: string): Buffer => createHmac('sha256', salted).update(label).digest()
  const storedKey = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${SCRAM_ITERATIONS}:${salt.toString('base64')}$${storedKey}:${keyed('Server Key').toString('base64')}`
}
