import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct } from '@commonhall/shared/journal'
import { isUniqueViolation } from '@commonhall/shared/persistence'
import { localDate } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import type { ResidentsContext } from '../../context.js'
import { LONGEST, faultOfText } from '../../text-rules.js'
import type { Grid } from '../cells/index.js'
import { countResidents } from '../communities/index.js'
import { ageBandOf, isBirthYear, type Resident } from './resident.js'
import { mayRegister } from './resident.policy.js'
import { findResidentBySubject, findResidents, insertResident } from './resident.store.js'

/** What a person states about himself or herself. */
export interface RegisterResident {
  readonly name?: string | null
  readonly birthYear?: number | null
  readonly contact?: string | null
  readonly community: string
  readonly cell?: string | null
  readonly clientKey?: string | null
}

/**
 * Opens a profile for the signed-in person. Refuses by `mayRegister`; NOT_FOUND for an unknown community or cell, INVALID_INPUT,
 * FORBIDDEN_DATA. Verification starts at CONTACT, since the person signed in.
 */
export const registerResident = async (context: ResidentsContext, input: RegisterResident): Promise<Resident | RefusalValue> => {
  const now = context.clock.now()
  const id = newTypeId('res', now.getTime())
  const [community, grid] = await Promise.all([context.loaders.communityById.load(input.community), context.grid(context.database.read)])
  try {
    return await performAct<Resident>(context, {
      code: 'resident.profile.register',
      party: id,
      input,
      async run(tx) {
        const { subject } = context.actor
        const decision = mayRegister(context.actor, subject === null ? null : await findResidentBySubject(tx, subject))
        if (decision.refused) return decision
        if (community === null) return refuse('NOT_FOUND', { field: 'community' })
        const year = Number(localDate(now, community.timeZone).slice(0, 4))
        const fault = findFault(input, grid, year)
        if (fault !== null) return fault
        const resident: Resident = {
          id,
          subject,
          name: input.name?.trim() ?? null,
          contact: input.contact?.trim() ?? null,
          verification: 'CONTACT',
          communityId: community.id,
          cellId: input.cell ?? null,
          ageBand: ageBandOf(input.birthYear ?? null, year),
          registeredAt: now,
        }
        await insertResident(tx, resident, input.birthYear ?? null)
        await countResidents(tx, community.id, 1)
        await tx.journal({
          partyId: id,
          record: { type: 'Resident', id },
          after: resident,
          event: { type: 'resident.profile.registered', subject: id, data: { resident: id, community: community.id } },
        })
        return resident
      },
      replay: async (tx, recordId) => (await findResidents(tx, [recordId]))[0] ?? null,
    })
  } catch (error) {
    // Two requests of the same person at once: the other one won.
    if (isUniqueViolation(error, 'residents_subject_once')) return refuse('ALREADY_DONE')
    throw error
  }
}

const findFault = (input: RegisterResident, grid: Grid, year: number): RefusalValue | null => {
  const fault = faultOfText(input.name, 'name', LONGEST.name) ?? faultOfText(input.contact, 'contact', LONGEST.contact)
  if (fault !== null) return fault
  if (typeof input.birthYear === 'number' && !isBirthYear(input.birthYear, year)) return refuse('INVALID_INPUT', { field: 'birthYear' })
  if (typeof input.cell !== 'string') return null
  const cell = grid.byId(input.cell)
  if (cell === null) return refuse('NOT_FOUND', { field: 'cell' })
  return cell.communityId === input.community ? null : refuse('INVALID_INPUT', { field: 'cell' })
}
