import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { parseTypeId } from '@commonhall/shared/typeid'

import type { Resident } from './resident.js'
import { findResidentBySubject, findResidents } from './resident.store.js'

/** Profiles by id; one statement per batch, null for an unknown or malformed id. */
export const residentById = (reader: SqlReader) =>
  batchLoader<Resident>(
    (ids) =>
      findResidents(
        reader,
        ids.filter((id) => parseTypeId(id)?.prefix === 'res'),
      ),
    (resident) => resident.id,
  )

/** The signed-in person's profile, asked at most once per request; null without sign-in or profile. */
export const signedInResident = (reader: SqlReader, subject: string | null): (() => Promise<Resident | null>) => {
  let asked: Promise<Resident | null> | null = null
  return () => (asked ??= subject === null ? Promise.resolve(null) : findResidentBySubject(reader, subject))
}
