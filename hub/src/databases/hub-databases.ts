import type { PerParty } from '../parties.js'

/** One party's database, as the hub hands it out. */
export interface PartyDatabase {
  /** The app login: neither owner nor superuser. */
  readonly url: string
  /** The login that migrates and loads the fixture. */
  readonly ownerUrl: string
  /** Name of the app login, to which migrations grant. */
  readonly appRole: string
  /** The party's login at the hub's event log. */
  readonly eventsUrl: string
}

/** All databases of a hub: one per party, and the hub's own with the event log. URLs hold passwords: never log them. */
export interface HubDatabases {
  readonly parties: PerParty<PartyDatabase>
  readonly hubOwnerUrl: string
}

/** The login in a PostgreSQL URL. */
export const loginOf = (url: string): string => decodeURIComponent(new URL(url).username)
