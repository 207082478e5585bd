import type { ClockBasis } from '@commonhall/shared/time'

/** A text in both languages of the street. */
export interface Words {
  readonly zh: string
  readonly en: string
}

export type PartyKind = 'GOVERNMENT' | 'COMMITTEE' | 'NONPROFIT' | 'RESIDENT'
export type CharterList = 'BASIC' | 'COOPERATIVE' | 'TAKEN_BACK'
export type { ClockBasis }
export type AgeBand = 'UNDER_18' | 'A18_29' | 'A30_44' | 'A45_59' | 'A60_74' | 'A75_PLUS'
export type NetRole = 'COMMUNITY_CADRE' | 'BRANCH_SECRETARY' | 'CIVIL_POLICE'
export type CellRole = 'BUILDING_DIRECTOR' | 'GRID_MEMBER' | 'DAY_INSPECTOR' | 'NIGHT_INSPECTOR' | 'UNIT_SECURITY'
export type VerificationLevel = 'NONE' | 'CONTACT' | 'RESIDENCE' | 'IDENTITY'
export type DepartmentCode = 'PARTY' | 'ECONOMY' | 'URBAN' | 'BUILD' | 'SOCIAL' | 'SAFETY' | 'LABOUR' | 'CULTURE'
export type RegistrationState = 'REGISTERED' | 'FILED' | 'INFORMAL'
export type NonprofitForm =
  | 'VOLUNTEER_ORGANIZATION'
  | 'PUBLIC_SERVICE_GROUP'
  | 'MASS_ASSOCIATION'
  | 'CULTURAL_TEAM'
  | 'SOCIAL_WORK_AGENCY'
  | 'FOUNDATION'
  | 'MEDIATION_BODY'

/** A party named by kind and TypeID. */
export interface PartyKey {
  readonly kind: PartyKind
  readonly id: string
}

/** RFC 7946 polygon of one outer ring, counter-clockwise, longitude first. */
export interface Polygon {
  readonly type: 'Polygon'
  readonly coordinates: readonly (readonly (readonly [number, number])[])[]
}

/** RFC 7946 point, longitude first. */
export interface Point {
  readonly type: 'Point'
  readonly coordinates: readonly [number, number]
}

/** Numbers a community sets for itself; the defaults of the contract. */
export interface CommunityRules {
  readonly proposalThresholdShare: number
  readonly gatheringDays: number
  readonly answerWithinDays: number
  readonly decideTaskWithinDays: number
  readonly reopenWithinDays: number
  readonly maxExtensions: number
  readonly bouncesToConference: number
  readonly smallestGroup: number
  readonly workingCalendar: string
  readonly timeZone: string
}

/** One of the nine communities, with its committee. `census` adds up to 130,000 over the street. */
export interface Community {
  readonly id: string
  readonly number: number
  readonly name: Words
  readonly committee: { readonly id: string; readonly name: Words; readonly cadres: number }
  readonly census: readonly { readonly band: AgeBand; readonly people: number }[]
  readonly boundary: Polygon
  readonly models: readonly string[]
  readonly rules: CommunityRules
  readonly cellIds: readonly string[]
}

/** A role of the grid; `holder` is a resident of the same community, or null where nobody was found yet. `since` is a local date. */
export interface GridManager<Role> {
  readonly role: Role
  readonly holder: string | null
  readonly since: string
}

export interface Net {
  readonly id: string
  readonly number: number
  readonly community: string
  readonly boundary: Polygon
  readonly managers: readonly GridManager<NetRole>[]
}

export interface Building {
  readonly id: string
  readonly name: Words
  readonly households: number
  readonly hasGroup: boolean
  readonly hasBuildingCommittee: boolean
}

/** The smallest unit of the grid; `people` adds up to 130,000. `staffed`: every role has a holder. */
export interface Cell {
  readonly id: string
  readonly number: number
  readonly net: string
  readonly community: string
  readonly boundary: Polygon
  readonly people: number
  readonly buildings: readonly Building[]
  readonly managers: readonly GridManager<CellRole>[]
  readonly staffed: boolean
}

export interface Department {
  readonly id: string
  readonly code: DepartmentCode
  readonly name: Words
  readonly businessUnit: boolean
}

/** One line of the function list. `keywords` hold both languages; days are counted on `clock`. */
export interface FunctionItem {
  readonly id: string
  readonly code: string
  readonly title: Words
  readonly list: CharterList
  readonly owner: string
  readonly supporting: readonly string[]
  readonly respondWithin: number
  readonly resolveWithin: number
  readonly clock: ClockBasis
  readonly keywords: readonly string[]
  readonly legalBasis: Words
  /** Local date. */
  readonly validFrom: string
}

export interface Nonprofit {
  readonly id: string
  readonly name: Words
  readonly form: NonprofitForm
  readonly registration: RegistrationState
  /** Set for a mediation body that a committee has set up. */
  readonly hostCommittee: string | null
  readonly description: Words
  readonly members: number
  readonly instructors: number
}

/** A fictional person with a profile. `contact` uses a number range that is not assigned to anybody. */
export interface Resident {
  readonly id: string
  readonly name: string
  readonly birthYear: number
  readonly band: AgeBand
  readonly community: string
  readonly cell: string
  readonly verification: VerificationLevel
  readonly contact: string
  readonly registeredAt: Date
}
