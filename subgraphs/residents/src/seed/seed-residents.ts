import type { Street } from '@commonhall/street'

/** What the seed of the residents' database needs. (Being written; this file and its neighbours have their own author.) */
export interface ResidentsSeedOptions {
  readonly ownerUrl: string
  readonly street: Street
  readonly personaSubjects: Readonly<Record<string, string>>
}
