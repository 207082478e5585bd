import type { SubgraphName } from '@commonhall/shared/port'

import type { StreetOrigin } from '../databases/hub-records.js'

/** What preparing one party's database takes; plain data, because it travels to a worker. Holds a password and pseudonyms: never log it. */
export interface PartyJob {
  readonly party: SubgraphName
  readonly ownerUrl: string
  readonly appRole: string
  /** Null: migrate only. */
  readonly street: StreetOrigin | null
  readonly personaSubjects: Record<string, string>
}

/** What a worker tells while and after it works. */
export type PartyNews =
  { readonly kind: 'migrated'; readonly count: number } | { readonly kind: 'seeded'; readonly rows: Readonly<Record<string, number>> }
