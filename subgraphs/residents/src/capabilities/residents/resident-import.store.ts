import { sql, type Tx } from '@commonhall/shared/persistence'

import type { Resident } from './resident.js'

/** A profile made from a roll. */
export interface ImportedResident {
  readonly externalId: string
  readonly resident: Resident
  readonly birthYear: number | null
}

// One statement for many owners: the party of the transaction follows the row that is being written, and row security checks each.
const INSERT_MANY = sql(
  'residents.insert_many',
  `insert into residents (id, subject, name, contact, verification, community_id, cell_id, age_band, registered_at, import_system, import_external_id)
   select set_config('hub.party', r.id, true), null, r.name, r.contact, r.verification, r.community_id, r.cell_id, r.age_band, r.registered_at,
     $2, r.external_id
   from jsonb_to_recordset($1::jsonb) as r(id text, name text, contact text, verification text, community_id text, cell_id text, age_band text,
     registered_at timestamptz, external_id text)`,
)
const INSERT_MANY_PRIVATE = sql(
  'resident_private.insert_many',
  `insert into resident_private (resident_id, birth_year)
   select set_config('hub.party', r.id, true), r.birth_year from unnest($1::text[], $2::int[]) as r(id, birth_year)`,
)

/** Stores profiles of a roll in two statements. A double violates `residents_imported_once`. Leaves the transaction acting for the last of them. */
export const insertImportedResidents = async (tx: Tx, system: string, entries: readonly ImportedResident[]): Promise<void> => {
  const rows = entries.map(({ externalId, resident: r }) => ({
    ...{ id: r.id, name: r.name, contact: r.contact, verification: r.verification, community_id: r.communityId, cell_id: r.cellId },
    ...{ age_band: r.ageBand, registered_at: r.registeredAt, external_id: externalId },
  }))
  await tx.rows(INSERT_MANY, [JSON.stringify(rows), system])
  const dated = entries.filter(({ birthYear }) => birthYear !== null)
  if (dated.length > 0)
    await tx.rows(INSERT_MANY_PRIVATE, [dated.map(({ resident }) => resident.id), dated.map(({ birthYear }) => birthYear)])
}
