import { hash, sign, verify, type KeyObject } from 'node:crypto'

/**
 * A hash tree over assertions (the manner of RFC 6962, section 2.1): leaves and nodes are hashed with different first bytes, so that
 * no node can be passed off as a leaf. What is signed is the root behind a label; a compact JWS never holds a NUL, so neither kind of
 * signature can be used as the other.
 */
const LEAF = '\x00'
const NODE = 1
const HASH_BYTES = 32
const LABEL = Buffer.from('commonhall hub-assertion batch v1\x00')
/** Leaves of one tree: the proof then holds 8 hashes at most, and its turns fit a byte. */
export const MAX_BATCH = 256
const MAX_DEPTH = 8

const leafHash = (input: string): Buffer => hash('sha256', LEAF + input, 'buffer')

const scratch = Buffer.alloc(1 + 2 * HASH_BYTES, NODE)
const nodeHash = (left: Buffer, right: Buffer): Buffer => {
  left.copy(scratch, 1)
  right.copy(scratch, 1 + HASH_BYTES)
  return hash('sha256', scratch, 'buffer')
}

/**
 * Signs 2 to 256 signing inputs with one signature. Gives for each, in the same order, what follows its input: the proof that it is
 * a leaf of the signed tree, and the signature. About 30 µs and 2 µs for each.
 *
 * A proof holds hashes of its neighbours; their claims, each with a random nonce, cannot be guessed from them.
 */
export const signTree = (inputs: readonly string[], privateKey: KeyObject): string[] => {
  const siblings: Buffer[][] = inputs.map(() => [])
  const turns: number[] = inputs.map(() => 0)
  /** Each node with the leaves below it; a node without a neighbour moves up as it is. */
  let level = inputs.map((input, at) => ({ hash: leafHash(input), leaves: [at] }))
  const passBy = (leaves: readonly number[], sibling: Buffer, isLeft: boolean): void => {
    for (const leaf of leaves) {
      const path = siblings[leaf] as Buffer[]
      if (isLeft) turns[leaf] = (turns[leaf] as number) | (1 << path.length)
      path.push(sibling)
    }
  }
  while (level.length > 1) {
    const above: typeof level = []
    for (let at = 0; at < level.length; at += 2) {
      const left = level[at] as (typeof level)[number]
      const right = level[at + 1]
      if (right === undefined) {
        above.push(left)
        continue
      }
      passBy(left.leaves, right.hash, false)
      passBy(right.leaves, left.hash, true)
      above.push({ hash: nodeHash(left.hash, right.hash), leaves: [...left.leaves, ...right.leaves] })
    }
    level = above
  }
  const root = level[0]?.hash ?? Buffer.alloc(0)
  const signature = sign(null, Buffer.concat([LABEL, root]), privateKey).toString('base64url')
  return siblings.map((path, at) => `${Buffer.concat([Buffer.of(turns[at] as number), ...path]).toString('base64url')}.${signature}`)
}

const MAX_KNOWN_ROOTS = 512
const knownRoots = new WeakMap<KeyObject, Set<string>>()

/** Whether a root is signed; what was found good is remembered, for the calls of one batch come together. */
const isRootSigned = (root: Buffer, signature: string, key: KeyObject): boolean => {
  const known = knownRoots.get(key) ?? new Set<string>()
  knownRoots.set(key, known)
  const name = `${root.toString('base64url')}.${signature}`
  if (known.has(name)) return true
  if (!verify(null, Buffer.concat([LABEL, root]), key, Buffer.from(signature, 'base64url'))) return false
  const [oldest] = known
  if (known.size >= MAX_KNOWN_ROOTS && oldest !== undefined) known.delete(oldest)
  known.add(name)
  return true
}

/**
 * Whether a signing input is a leaf of a tree whose root this key has signed. Proofs of another length, or with turns that lead
 * nowhere, are refused.
 */
export const isSignedInBatch = (input: string, proof: string, signature: string, key: KeyObject): boolean => {
  const bytes = Buffer.from(proof, 'base64url')
  const depth = (bytes.length - 1) / HASH_BYTES
  if (!Number.isInteger(depth) || depth < 1 || depth > MAX_DEPTH) return false
  const turns = bytes[0] as number
  if (turns >> depth !== 0) return false
  let root = leafHash(input)
  for (let at = 0; at < depth; at++) {
    const sibling = bytes.subarray(1 + at * HASH_BYTES, 1 + (at + 1) * HASH_BYTES)
    root = ((turns >> at) & 1) === 1 ? nodeHash(sibling, root) : nodeHash(root, sibling)
  }
  return isRootSigned(root, signature, key)
}
