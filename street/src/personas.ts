import type { Department, DepartmentCode, Nonprofit, PartyKey } from './model.js'
import type { People } from './people/residents.js'
import type { Territory } from './place/territory.js'

/**
 * The records the demo's personas stand for, with a foreign counterpart each for the permission matrix.
 *
 * Resident and neighbour live in two cells of community 1, the clerk and the cadre work for its committee. The auditor acts for no party.
 */
export interface Personas {
  readonly resident: PartyKey
  readonly neighbour: PartyKey
  readonly clerk: PartyKey
  readonly cadre: PartyKey
  readonly officer: PartyKey
  readonly worker: PartyKey
  readonly auditor: null
  readonly residentOfOther: PartyKey
  readonly cadreOfOther: PartyKey
  readonly officerOfOther: PartyKey
  readonly workerOfOther: PartyKey
}

const partyOf = (kind: PartyKey['kind'], id: string | undefined): PartyKey => {
  if (!id) throw new Error('the street has no record for a persona')
  return { kind, id }
}

/** Early registered people are the most active ones, so the personas have suggestions of their own. */
const residentNumber = 5
const neighbourNumber = 7

/** Picks the personas' records; the same for every anchor except the residents, whose ids tell when they registered. */
export const createPersonas = (
  people: People,
  { communities }: Territory,
  departments: readonly Department[],
  nonprofits: readonly Nonprofit[],
): Personas => {
  const office = (code: DepartmentCode): PartyKey => partyOf('GOVERNMENT', departments.find((department) => department.code === code)?.id)
  const committee = (index: number): PartyKey => partyOf('COMMITTEE', communities[index]?.committee.id)
  return {
    resident: partyOf('RESIDENT', people.id(0, residentNumber)),
    neighbour: partyOf('RESIDENT', people.id(0, neighbourNumber)),
    clerk: committee(0),
    cadre: committee(0),
    officer: office('URBAN'),
    worker: partyOf('NONPROFIT', nonprofits[0]?.id),
    auditor: null,
    residentOfOther: partyOf('RESIDENT', people.id(1, residentNumber)),
    cadreOfOther: committee(1),
    officerOfOther: office('SOCIAL'),
    workerOfOther: partyOf('NONPROFIT', nonprofits[1]?.id),
  }
}
