import { createPublicKey } from 'node:crypto'

import { generatePassword } from '@commonhall/shared/postgres'

import { generateKeys } from '../keys/hub-keys.js'
import { PARTIES } from '../parties.js'

/**
 * A fresh `.env` for docker-compose.yml: every secret the file asks for, and nothing else.
 *
 * Values stand in single quotes, where compose expands nothing. It replaces no file: lost keys would orphan every pseudonym.
 */
export const composeSecrets = (): string => {
  const keys = generateKeys()
  const values: Record<string, string> = {
    POSTGRES_PASSWORD: generatePassword(),
    ...Object.fromEntries(PARTIES.map((party) => [`COMMONHALL_${party.toUpperCase()}_APP_PASSWORD`, keys.databasePasswords.apps[party]])),
    COMMONHALL_HUB_PUBLIC_KEY: createPublicKey(keys.hubPrivateKey).export({ type: 'spki', format: 'pem' }).toString().trim(),
    COMMONHALL_HUB_PRIVATE_KEY: keys.hubPrivateKey.trim(),
    COMMONHALL_PAIRWISE_KEYS: JSON.stringify(keys.pairwise),
    COMMONHALL_FOLLOW_SECRET: keys.followSecret,
    COMMONHALL_KEYS: JSON.stringify(keys),
  }
  const lines = Object.entries(values).map(([name, value]) => `${name}='${value}'`)
  return `# Secrets of this installation, made by hub/src/compose/main.ts. Keep a backup, commit it nowhere.\n${lines.join('\n')}\n`
}
