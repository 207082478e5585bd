import { MAX_BATCH, signTree } from './assertion-tree.js'
import { claimMembers, signingInput, signMembers, type StatedClaims } from './assertion.js'
import type { HubSigningKey } from './keys.js'

/** Signs assertions of calls that are made at nearly the same time with one signature. */
export interface BatchSigner {
  /** Calls back with the assertion once the present turn of the event loop is over; never synchronously. `onSigned` must not throw. */
  sign(claims: StatedClaims, nowMs: number, onSigned: (assertion: string) => void): void
  /** The same for claims that are written already, all of them, by `claimMembers`. */
  signMembers(members: string, nowMs: number, onSigned: (assertion: string) => void): void
}

interface Waiting {
  readonly members: string
  readonly nowMs: number
  readonly onSigned: (assertion: string) => void
}

/**
 * A signer that gathers what one turn of the event loop asks for. One alone is signed by itself, in the form that every verifier
 * knows; several share a signature over their hash tree. Claims, audience, body, nonce and life are each one's own either way.
 */
export const createBatchSigner = (key: HubSigningKey, schedule: (task: () => void) => void = setImmediate): BatchSigner => {
  let waiting: Waiting[] = []

  const signTogether = (batch: readonly Waiting[]): void => {
    const [only] = batch
    if (only !== undefined && batch.length === 1) return only.onSigned(signMembers(only.members, key, only.nowMs))
    const inputs = batch.map(({ members, nowMs }) => signingInput(members, key, 'hub-assertion-batch+jwt', nowMs))
    const proofs = signTree(inputs, key.privateKey)
    batch.forEach(({ onSigned }, at) => onSigned(`${inputs[at] as string}.${proofs[at] as string}`))
  }
  const flush = (): void => {
    const gathered = waiting
    waiting = []
    if (gathered.length <= MAX_BATCH) return signTogether(gathered)
    for (let at = 0; at < gathered.length; at += MAX_BATCH) signTogether(gathered.slice(at, at + MAX_BATCH))
  }

  const add = (members: string, nowMs: number, onSigned: (assertion: string) => void): void => {
    if (waiting.push({ members, nowMs, onSigned }) === 1) schedule(flush)
  }
  return { sign: (claims, nowMs, onSigned) => add(claimMembers(claims), nowMs, onSigned), signMembers: add }
}

const signers = new WeakMap<HubSigningKey, BatchSigner>()

/** The signer of a key, one for the process: calls to all parties share its batches. */
export const batchSignerOf = (key: HubSigningKey): BatchSigner => {
  const known = signers.get(key) ?? createBatchSigner(key)
  signers.set(key, known)
  return known
}
