import type { HubConfig } from '../config.js'
import { perParty } from '../parties.js'
import { loginOf, type HubDatabases } from './hub-databases.js'

/**
 * The operator's own databases, when the configuration names them; null means the embedded server.
 *
 * Without an owner URL the app login migrates, too. Without an events URL the party's login is used at the hub's database.
 */
export const configuredDatabases = (config: HubConfig): HubDatabases | null => {
  const hubOwnerUrl = config.COMMONHALL_EVENTS_OWNER_URL
  if (hubOwnerUrl === undefined) return null
  return {
    hubOwnerUrl,
    parties: perParty((party) => {
      const setting = (suffix: 'DATABASE_URL' | 'OWNER_URL' | 'EVENTS_URL'): string | undefined =>
        config[`COMMONHALL_${party.toUpperCase() as Uppercase<typeof party>}_${suffix}`]
      // The model refuses a part of the set, so each party has its URL here.
      const url = setting('DATABASE_URL') ?? ''
      return {
        url,
        ownerUrl: setting('OWNER_URL') ?? url,
        appRole: loginOf(url),
        eventsUrl: setting('EVENTS_URL') ?? loginAt(url, hubOwnerUrl),
      }
    }),
  }
}

/** The login of one URL at the server and database of another. */
const loginAt = (login: string, place: string): string => {
  const url = new URL(place)
  const { username, password } = new URL(login)
  url.username = username
  url.password = password
  return url.href
}
