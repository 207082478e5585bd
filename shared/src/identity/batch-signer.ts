import { MAX_BATCH, signTree } from './assertion-tree.js'
import { signAssertion, signingInput, type StatedClaims } from './assertion.js'
import type { HubSigningKey } from './keys.js'

/** Signs assertions of calls that are made at nearly the same time with one signature. */
export interface BatchSigner {
  /** Calls back with the assertion once the present turn of the event loop is over; never synchronously. `onSigned` must not throw. */
  sign(claims: StatedClaims, nowMs: number, onSigned: (assertion: string) => void): void
}

interface Waiting {
  readonly claims: StatedClaims
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
    if (only !== undefined && batch.length === 1) return only.onSigned(signAssertion(only.claims, key, only.nowMs))
    const inputs = batch.map(({ claims, nowMs }) => signingInput(claims, key, 'hub-assertion-batch+jwt', nowMs))
    const proofs = signTree(inputs, key.privateKey)
    batch.forEach(({ onSigned }, at) => onSigned(`${inputs[at] as string}.${proofs[at] as string}`))
  }
  const flush = (): void => {
    const gathered = waiting
    waiting = []
    for (let at = 0; at < gathered.length; at += MAX_BATCH) signTogether(gathered.slice(at, at + MAX_BATCH))
  }

  return {
    sign(claims, nowMs, onSigned) {
      if (waiting.push({ claims, nowMs, onSigned }) === 1) schedule(flush)
    },
  }
}

const signers = new WeakMap<HubSigningKey, BatchSigner>()

/** The signer of a key, one for the process: calls to all parties share its batches. */
export const batchSignerOf = (key: HubSigningKey): BatchSigner => {
  const known = signers.get(key) ?? createBatchSigner(key)
  signers.set(key, known)
  return known
}
