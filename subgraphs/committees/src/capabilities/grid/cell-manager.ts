/** Roles of which every cell needs one holder each; then the cell counts as staffed. */
export const CELL_ROLES = ['BUILDING_DIRECTOR', 'GRID_MEMBER', 'DAY_INSPECTOR', 'NIGHT_INSPECTOR', 'UNIT_SECURITY'] as const
export type CellRole = (typeof CELL_ROLES)[number]

/** A role in a cell and the resident who fills it, both days included. Dates are local. */
export interface CellManager {
  readonly ownerPartyId: string
  readonly cellId: string
  readonly role: CellRole
  readonly holder: string
  readonly since: string
  readonly until: string | null
}

/** Whether somebody serves in a role on a day. */
export const servesOn = (manager: CellManager, day: string): boolean =>
  manager.since <= day && (manager.until === null || manager.until >= day)

/** Whether every needed role of a cell is filled on a day. */
export const isStaffed = (managers: readonly CellManager[], day: string): boolean =>
  CELL_ROLES.every((role) => managers.some((manager) => manager.role === role && servesOn(manager, day)))
