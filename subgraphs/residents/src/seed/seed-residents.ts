import { digestOf } from '@commonhall/shared/journal'
import { bulkLoad, isUniqueViolation, openPool, sql, type BulkTable } from '@commonhall/shared/persistence'
import { newTypeId } from '@commonhall/shared/typeid'
import type { Street } from '@commonhall/street'

import { SUGGESTION_TOTALS } from '../capabilities/indicators/index.js'
import { seededPeople } from './seeded-people.js'
import { tablesOfOthers } from './seeded-places.js'
import { tablesOfSuggestions } from './seeded-suggestions.js'

/** What the seed of the residents' database needs. */
export interface ResidentsSeedOptions {
  /** The owner's URL: the app login may not write rows of many parties. */
  readonly ownerUrl: string
  readonly street: Street
  /** Persona (a key of `street.personas`) → pseudonym under which the hub signs that person in. Personas without a profile are left out. */
  readonly personaSubjects: Readonly<Record<string, string>>
}

const MANIFEST = 'street'
const FIND_MANIFEST = sql('seed.manifest', `select name from manifests where name = $1`)

/** New entries go on after the last number of the street, whatever its year. */
const CONTINUE_NUMBERS = `select setval('suggestion_numbers', max(split_part(number, '-', 3)::bigint)) from suggestions`

const isSeeded = async (ownerUrl: string): Promise<boolean> => {
  const pool = openPool(ownerUrl, 'commonhall.seed', 1)
  try {
    return (await pool.rows(FIND_MANIFEST, [MANIFEST])).length > 0
  } finally {
    await pool.close()
  }
}

/** Pseudonyms by the id of the resident. */
const subjectsById = ({ personas }: Street, subjects: Readonly<Record<string, string>>): Map<string, string> =>
  new Map(
    Object.entries(personas).flatMap(([name, party]: [string, { kind: string; id: string } | null]): [string, string][] => {
      const subject = subjects[name]
      return party?.kind === 'RESIDENT' && subject !== undefined ? [[party.id, subject]] : []
    }),
  )

function* tablesOf({ street, personaSubjects }: ResidentsSeedOptions): Generator<BulkTable> {
  const { manifest } = street
  // First, so that of two seeds at once the second one waits here and stops before any work.
  yield { table: 'manifests', columns: ['name', 'data'], rows: [[MANIFEST, manifest]] }
  const people = seededPeople(street, subjectsById(street, personaSubjects))
  yield* tablesOfSuggestions(street, people)
  yield* people.tables()
  yield* tablesOfOthers(street, people.countIn)
  const at = new Date(manifest.anchor)
  yield {
    table: 'journal',
    columns: ['id', 'at', 'party_id', 'roles', 'client', 'act', 'record_type', 'record_id', 'digest_after', 'trace_id'],
    rows: [
      [
        newTypeId('jrn', at.getTime()),
        at,
        'residents',
        [],
        'commonhall.seed',
        'resident.seed',
        'Manifest',
        MANIFEST,
        digestOf(manifest),
        'seed',
      ],
    ],
  }
}

/**
 * Loads the street's residents, their suggestions and what the other parties wrote about them into an empty, migrated database.
 *
 * Gives rows per table; {} when the street is there already. All in one transaction, so a seed that was killed leaves nothing.
 * History has no journal rows and tells no events: one row `resident.seed` stands for it. One pass over the street, one block of it in memory.
 */
export const seedResidents = async (options: ResidentsSeedOptions): Promise<Record<string, number>> => {
  if (await isSeeded(options.ownerUrl)) return {}
  try {
    return await bulkLoad(options.ownerUrl, tablesOf(options), { after: [CONTINUE_NUMBERS], totals: [SUGGESTION_TOTALS] })
  } catch (error) {
    // Another process was faster.
    if (isUniqueViolation(error, 'manifests_pk')) return {}
    throw error
  }
}
