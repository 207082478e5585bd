import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import { ageBandOf, type AgeBand, type Resident } from './resident.js'

const COLUMNS = `id, subject, name, contact, verification, community_id as "communityId", cell_id as "cellId", age_band as "ageBand",
  registered_at as "registeredAt"`
const BY_IDS = sql('residents.by_ids', `select ${COLUMNS} from residents where id = any($1)`)
const BY_SUBJECT = sql('residents.by_subject', `select ${COLUMNS} from residents where subject = $1`)
const INSERT = sql(
  'residents.insert',
  `insert into residents (id, subject, name, contact, verification, community_id, cell_id, age_band, registered_at)
   values ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
)
const INSERT_PRIVATE = sql('resident_private.insert', `insert into resident_private (resident_id, birth_year) values ($1,$2)`)
const BIRTH_YEAR = sql('resident_private.birth_year', `select birth_year as "birthYear" from resident_private where resident_id = $1`)
const SET_BAND = sql('residents.set_band', `update residents set age_band = $2 where id = $1 and age_band <> $2`)

/** Profiles by id, in no order; unknown ids are absent. One statement. */
export const findResidents = (reader: SqlReader, ids: readonly string[]): Promise<Resident[]> => reader.rows<Resident>(BY_IDS, [ids])

/** The profile of a signed-in person, or null. */
export const findResidentBySubject = async (reader: SqlReader, subject: string): Promise<Resident | null> =>
  (await reader.rows<Resident>(BY_SUBJECT, [subject]))[0] ?? null

/** Stores a new profile, for its own party. A second profile of the same person violates `residents_subject_once`. */
export const insertResident = async (tx: Tx, resident: Resident, birthYear: number | null): Promise<void> => {
  const { id, subject, name, contact, verification, communityId, cellId, ageBand, registeredAt } = resident
  await tx.rows(INSERT, [id, subject, name, contact, verification, communityId, cellId, ageBand, registeredAt])
  if (birthYear !== null) await tx.rows(INSERT_PRIVATE, [id, birthYear])
}

/**
 * The age band of a person in this year, kept with the act and in the profile; the transaction must act for that person.
 *
 * The birth year is readable for its owner alone, so nobody else's transaction learns it. One or two statements.
 */
export const bandOfActor = async (tx: Tx, residentId: string, year: number): Promise<AgeBand> => {
  const [row] = await tx.rows<{ birthYear: number }>(BIRTH_YEAR, [residentId])
  const band = ageBandOf(row?.birthYear ?? null, year)
  if (row !== undefined) await tx.rows(SET_BAND, [residentId, band])
  return band
}
