import { bulkLoad, isUniqueViolation, openPool, sql } from '@commonhall/shared/persistence'
import type { Street } from '@commonhall/street'

import { WORK_TOTALS } from '../capabilities/indicators/index.js'
import { seedTables } from './seed-tables.js'

const HAS_STREET = sql('seed.has_street', `select 1 as found from manifests where name = 'street'`)

/**
 * Loads the nonprofits' part of the demo street in one transaction, as if the events of three years had built it; gives rows by table.
 *
 * Does nothing when the street is there, also when another process loads it at the same time. The nonprofits hold no row of a person, so the personas' subjects are not needed.
 */
export const seedNonprofits = async (options: {
  readonly ownerUrl: string
  readonly street: Street
  readonly personaSubjects: Readonly<Record<string, string>>
}): Promise<Record<string, number>> => {
  const pool = openPool(options.ownerUrl, 'commonhall.nonprofits.seed', 1)
  try {
    if ((await pool.rows(HAS_STREET)).length > 0) return {}
    return await bulkLoad(options.ownerUrl, seedTables(options.street), { totals: [WORK_TOTALS] })
  } catch (error) {
    if (isUniqueViolation(error, 'manifests_pk')) return {}
    throw error
  } finally {
    await pool.close()
  }
}
