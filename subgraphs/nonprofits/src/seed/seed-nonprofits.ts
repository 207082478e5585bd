import { bulkLoad, openPool, sql } from '@commonhall/shared/persistence'
import type { Street } from '@commonhall/street'

import { seedTables } from './seed-tables.js'

const HAS_STREET = sql('seed.has_street', `select 1 as found from manifests where name = 'street'`)

/**
 * Loads the nonprofits' part of the demo street in one transaction, as if the events of three years had built it; gives rows by table.
 *
 * Does nothing when the street is there. The nonprofits hold no row of a person, so the personas' subjects are not needed.
 */
export const seedNonprofits = async (options: {
  readonly ownerUrl: string
  readonly street: Street
  readonly personaSubjects: Readonly<Record<string, string>>
}): Promise<Record<string, number>> => {
  const pool = openPool(options.ownerUrl, 'commonhall.nonprofits.seed', 1)
  try {
    if ((await pool.rows(HAS_STREET)).length > 0) return {}
  } finally {
    await pool.close()
  }
  return bulkLoad(options.ownerUrl, seedTables(options.street))
}
