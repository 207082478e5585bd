import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

/** The hub's key for assertions. `keyId` is the thumbprint of the public key. */
export interface HubSigningKey {
  readonly keyId: string
  readonly privateKey: KeyObject
  readonly publicKeyPem: string
}

const keyIdOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
    .slice(0, 16)

/** A new Ed25519 key pair as PEM texts, to be kept in the data folder (0600) or a secret store. */
export const generateHubKey = (): { privateKeyPem: string; publicKeyPem: string } => {
  const pair = generateKeyPairSync('ed25519')
  return {
    privateKeyPem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** The signing key of a private key in PEM; throws on anything but Ed25519. */
export const loadHubKeys = (privateKeyPem: string): HubSigningKey => {
  const privateKey = createPrivateKey(privateKeyPem)
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('The hub key must be an Ed25519 private key in PEM.')
  const publicKey = createPublicKey(privateKey)
  return { keyId: keyIdOf(publicKey), privateKey, publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString() }
}

/** Public keys by key id, for the subgraph that verifies. Two keys are valid at once while the hub rotates. */
export const loadVerifyKey = (...publicKeyPems: string[]): Map<string, KeyObject> =>
  new Map(
    publicKeyPems.map((pem) => {
      const key = createPublicKey(pem)
      return [keyIdOf(key), key] as const
    }),
  )
