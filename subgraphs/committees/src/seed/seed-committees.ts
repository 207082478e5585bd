import { bulkLoad, isUniqueViolation, openPool, sql, type BulkTable } from '@commonhall/shared/persistence'
import { newTypeId } from '@commonhall/shared/typeid'
import type { Street } from '@commonhall/street'

import { GRID_TOTALS } from '../capabilities/grid-indicator/index.js'
import { projectionTables } from './projection-tables.js'
import { storyTables } from './story-tables.js'
import { territoryTables } from './territory-tables.js'

const SEEDED = sql('seed.manifest', `select 1 as seeded from manifests where name = 'street'`)

function* allTables(street: Street): Generator<BulkTable> {
  // First: of two seeds at once the second waits at this row, and stops there.
  yield { table: 'manifests', columns: ['name', 'data'], rows: [['street', street.manifest]] }
  yield* territoryTables(street)
  yield* projectionTables(street)
  yield* storyTables(street)
  const at = new Date(street.manifest.anchor)
  yield {
    table: 'journal',
    columns: ['id', 'at', 'party_id', 'roles', 'client', 'act', 'record_type', 'record_id', 'trace_id'],
    rows: [[newTypeId('jrn', at.getTime()), at, 'committees', [], 'seed', 'committee.seed', 'Manifest', 'street', 'seed']],
  }
}

/**
 * Loads the committees' part of the demo street, with what they know of the others' part, in one transaction; gives rows by table.
 *
 * Does nothing, and gives {}, when the street is there already. Runs as the owner of the database. Two or three seconds for the full street.
 */
export const seedCommittees = async (options: {
  readonly ownerUrl: string
  readonly street: Street
  readonly personaSubjects: Readonly<Record<string, string>>
}): Promise<Record<string, number>> => {
  const pool = openPool(options.ownerUrl, 'commonhall.committees.seed', 1)
  const isSeeded = await pool.rows(SEEDED).finally(() => pool.close())
  if (isSeeded.length > 0) return {}
  try {
    return await bulkLoad(options.ownerUrl, allTables(options.street), { totals: [GRID_TOTALS] })
  } catch (error) {
    if (isUniqueViolation(error, 'manifests_pk')) return {}
    throw error
  }
}
