import type { BulkTable } from '@commonhall/shared/persistence'
import type { Street } from '@commonhall/street'

import { ageBandOf, type AgeBand } from '../capabilities/residents/index.js'

const CHINA_OFFSET_MS = 8 * 3_600_000

/** The calendar year on the street; China has kept one offset since 1991, and Intl would cost more than all the rest. */
const yearOf = (at: Date): number => new Date(at.getTime() + CHINA_OFFSET_MS).getUTCFullYear()

/** The persons of the street while their acts are being loaded. */
export interface SeededPeople {
  /** The age band of a person on the day of an act; remembers the act, since a profile shows the band of the last one. */
  bandThen(residentId: string, at: Date): AgeBand
  /** Profiles and birth years; only after all acts. */
  tables(): Iterable<BulkTable>
  /** Profiles per community. */
  countIn(communityId: string): number
}

/** Reads the street's persons once. `subjects` names the pseudonym of some of them. Holds two numbers a person. */
export const seededPeople = (street: Street, subjects: ReadonlyMap<string, string>): SeededPeople => {
  const known = new Map<string, { readonly birthYear: number; lastYear: number }>()
  const counts = new Map<string, number>()
  for (const { id, birthYear, registeredAt, community } of street.residents()) {
    known.set(id, { birthYear, lastYear: yearOf(registeredAt) })
    counts.set(community, (counts.get(community) ?? 0) + 1)
  }
  const profiles = function* (): Generator<readonly unknown[]> {
    for (const { id, name, contact, verification, community, cell, birthYear, registeredAt } of street.residents()) {
      const band = ageBandOf(birthYear, known.get(id)?.lastYear ?? yearOf(registeredAt))
      yield [id, subjects.get(id), name, contact, verification, community, cell, band, registeredAt]
    }
  }
  const birthYears = function* (): Generator<readonly unknown[]> {
    for (const [id, { birthYear }] of known) yield [id, birthYear]
  }
  return {
    bandThen(residentId, at) {
      const person = known.get(residentId)
      if (person === undefined) return 'UNKNOWN'
      const year = yearOf(at)
      if (year > person.lastYear) person.lastYear = year
      return ageBandOf(person.birthYear, year)
    },
    countIn: (communityId) => counts.get(communityId) ?? 0,
    *tables() {
      const columns = ['id', 'subject', 'name', 'contact', 'verification', 'community_id', 'cell_id', 'age_band', 'registered_at']
      yield { table: 'residents', columns, rows: profiles() }
      yield { table: 'resident_private', columns: ['resident_id', 'birth_year'], rows: birthYears() }
    },
  }
}
