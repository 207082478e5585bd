import { provisionDatabase } from '@commonhall/shared/postgres'

import type { HubKeys } from '../keys/hub-keys.js'
import { PARTIES, perParty } from '../parties.js'
import type { HubDatabases } from './hub-databases.js'

/** The hub's own database: event log, what the street was made from. */
export const HUB_DATABASE = 'commonhall_hub'

/**
 * Makes the five databases and their logins in one server (the embedded one, or one whose administrator we are), or brings them
 * in line; idempotent.
 *
 * A party's app login may connect to its own database and to the hub's event log, to nothing else.
 */
export const provisionDatabases = async (adminUrl: string, passwords: HubKeys['databasePasswords']): Promise<HubDatabases> => {
  const at = (login: string, password: string, database: string): string => {
    const url = new URL(adminUrl)
    url.username = login
    url.password = password
    url.pathname = `/${database}`
    return url.href
  }
  const nameOf = (party: string): string => `commonhall_${party}`
  for (const party of PARTIES)
    await provisionDatabase(adminUrl, {
      database: nameOf(party),
      ownerRole: `${nameOf(party)}_owner`,
      ownerPassword: passwords.owners[party],
      appRole: `${nameOf(party)}_app`,
      appPassword: passwords.apps[party],
    })
  await provisionDatabase(adminUrl, {
    database: HUB_DATABASE,
    ownerRole: `${HUB_DATABASE}_owner`,
    ownerPassword: passwords.hubOwner,
    appRole: `${HUB_DATABASE}_app`,
    appPassword: passwords.hubApp,
    extraConnectRoles: PARTIES.map((party) => `${nameOf(party)}_app`),
  })
  return {
    hubOwnerUrl: at(`${HUB_DATABASE}_owner`, passwords.hubOwner, HUB_DATABASE),
    parties: perParty((party) => ({
      url: at(`${nameOf(party)}_app`, passwords.apps[party], nameOf(party)),
      ownerUrl: at(`${nameOf(party)}_owner`, passwords.owners[party], nameOf(party)),
      appRole: `${nameOf(party)}_app`,
      eventsUrl: at(`${nameOf(party)}_app`, passwords.apps[party], HUB_DATABASE),
    })),
  }
}
