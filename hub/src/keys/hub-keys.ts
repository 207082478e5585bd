import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { generateHubKey } from '@commonhall/shared/identity'
import { generatePassword, writePrivateFile } from '@commonhall/shared/postgres'
import { z } from 'zod'

import { StartRefusal } from '../console/start-refusal.js'
import { perParty } from '../parties.js'

const text = z.string().min(16)
const perPartyText = z.object({ government: text, committees: text, nonprofits: text, residents: text })
const HUB_KEYS = z.object({
  version: z.literal(1),
  /** Signs the assertions to the parties. */
  hubPrivateKey: z.string().includes('PRIVATE KEY'),
  /** From which each party's pseudonyms are made. */
  pairwise: perPartyText,
  /** From which follow codes of anonymous authors are made; the residents' party gets it. */
  followSecret: text,
  /** The demo identity provider's. */
  identityProvider: z.object({ signingJwk: z.record(z.string(), z.unknown()), cookieSecret: text }),
  /** Passwords of the logins in the embedded database. */
  databasePasswords: z.object({ owners: perPartyText, apps: perPartyText, hubOwner: text, hubApp: text }),
})

/** Everything secret that a hub makes for itself, once, at its first start. Never logged. */
export type HubKeys = z.infer<typeof HUB_KEYS>

/** Fresh secrets: Ed25519 keys, 192 random bits for the rest. */
export const generateKeys = (): HubKeys => ({
  version: 1,
  hubPrivateKey: generateHubKey().privateKeyPem,
  pairwise: perParty(generatePassword),
  followSecret: generatePassword(),
  identityProvider: {
    signingJwk: {
      ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
      kid: generatePassword().slice(0, 12),
      alg: 'EdDSA',
      use: 'sig',
    },
    cookieSecret: generatePassword(),
  },
  databasePasswords: {
    owners: perParty(generatePassword),
    apps: perParty(generatePassword),
    hubOwner: generatePassword(),
    hubApp: generatePassword(),
  },
})

/**
 * Reads the keys of a data folder (`keys.json`, 0600), or makes them at the first start; the caller holds the folder's lock.
 *
 * A file that others may read is closed to them. A damaged file is refused: new keys would orphan every pseudonym and follow code.
 */
export const openKeys = (dataDir: string): HubKeys => {
  const path = join(dataDir, 'keys.json')
  const stored = readStored(path)
  if (stored === null) {
    const keys = generateKeys()
    writePrivateFile(path, `${JSON.stringify(keys, null, 2)}\n`)
    return keys
  }
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
  return parseStored(path, stored)
}

/** Keys from a file of the operator's own (a mounted secret); never made, never changed. */
export const readKeys = (path: string): HubKeys => {
  const stored = readStored(path)
  if (stored === null) throw damaged(path)
  return parseStored(path, stored)
}

const readStored = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const parseStored = (path: string, stored: string): HubKeys => {
  try {
    return HUB_KEYS.parse(JSON.parse(stored))
  } catch {
    // The cause would quote the file, which is nothing but secrets.
    throw damaged(path)
  }
}

const damaged = (path: string): StartRefusal =>
  new StartRefusal('KEYS_DAMAGED', 2, {
    zh: `密钥文件 ${path} 缺失或已损坏。请从备份恢复;若无备份,只能用 commonhall reset 重新开始。`,
    en: `The key file ${path} is missing or damaged. Restore it from a backup; without one, only "commonhall reset" begins anew.`,
  })
