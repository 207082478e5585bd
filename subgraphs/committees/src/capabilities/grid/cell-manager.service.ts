import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct, type ActTx } from '@commonhall/shared/journal'
import { isUniqueViolation } from '@commonhall/shared/persistence'
import { chinaCalendar, localDate } from '@commonhall/shared/time'

import { mayActAsCadre } from '../../cadre.policy.js'
import type { CommitteesContext } from '../../context.js'
import { isIdOf } from '../../ids.js'
import { findKnownParties } from '../directory/index.js'
import { lockCell, type Cell } from '../territory/index.js'
import type { CellManager, CellRole } from './cell-manager.js'
import { endManager, findHoldersOf, saveManager } from './cell-manager.store.js'

/** Who is to fill which role from when. */
export interface AssignCellManager {
  readonly cell: string
  readonly role: CellRole
  readonly resident: string
  readonly since: string
  readonly clientKey?: string | null
}

/** Whose service in a role ends on which day. */
export interface EndAssignment {
  readonly cell: string
  readonly role: CellRole
  readonly until: string
  readonly clientKey?: string | null
}

const MS_PER_YEAR = 366 * 86_400_000
const MAX_YEARS_BACK = 10

/** Whether a date lies in the time in which people are assigned: ten years back to one year ahead. */
const isPlausible = (date: string, now: Date): boolean => {
  const { zone } = chinaCalendar()
  return (
    date >= localDate(new Date(now.getTime() - MAX_YEARS_BACK * MS_PER_YEAR), zone) &&
    date <= localDate(new Date(now.getTime() + MS_PER_YEAR), zone)
  )
}

/** The cell the actor may act on, held until the transaction ends, or why not. */
const cellOfActor = async (context: CommitteesContext, tx: ActTx, id: string): Promise<Cell | RefusalValue> => {
  const post = mayActAsCadre(context.actor, null)
  if (post.refused) return post
  const cell = isIdOf('cel', id) ? await lockCell(tx, id) : null
  if (cell === null) return refuse('NOT_FOUND', { field: 'cell' })
  const decision = mayActAsCadre(context.actor, cell.ownerPartyId)
  return decision.refused ? decision : cell
}

const checkAssignment = async (tx: ActTx, cell: Cell, input: AssignCellManager, now: Date): Promise<RefusalValue | null> => {
  if (!isPlausible(input.since, now)) return refuse('INVALID_INPUT', { field: 'since' })
  const [resident] = isIdOf('res', input.resident) ? await findKnownParties(tx, [input.resident]) : []
  if (resident === undefined) return refuse('NOT_FOUND', { field: 'resident' })
  if (resident.communityId !== cell.communityId) return refuse('NOT_ELIGIBLE', { field: 'resident' })
  const overlapping = (await findHoldersOf(tx, cell.id, input.role)).find(({ until }) => until === null || until >= input.since)
  if (overlapping === undefined) return null
  if (overlapping.holder === input.resident) return refuse('ALREADY_DONE')
  return refuse('WRONG_STAGE', {
    field: 'role',
    remedy: { zh: '请先用 endAssignment 结束前任的任职。', en: 'End the service of the one before with endAssignment first.' },
  })
}

/**
 * Fills a role in a cell of the actor's own committee with a resident of the same community.
 *
 * Refuses by `mayActAsCadre`; NOT_FOUND for an unknown cell or resident; NOT_ELIGIBLE for a resident of another community; ALREADY_DONE for the
 * same person, WRONG_STAGE while another one serves; INVALID_INPUT for a date ten years back or more than one ahead.
 */
export const assignCellManager = (context: CommitteesContext, input: AssignCellManager): Promise<Cell | RefusalValue> =>
  performAct<Cell>(context, {
    code: 'committee.cell.assign',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const cell = await cellOfActor(context, tx, input.cell)
      if ('refused' in cell) return cell
      const fault = await checkAssignment(tx, cell, input, context.clock.now())
      if (fault !== null) return fault
      const { role, resident: holder, since } = input
      const manager: CellManager = { ownerPartyId: cell.ownerPartyId, cellId: cell.id, role, holder, since, until: null }
      await saveManager(tx, manager)
      await tx.journal({
        partyId: cell.ownerPartyId,
        record: { type: 'Cell', id: cell.id },
        after: manager,
        event: { type: 'committee.cell.assigned', subject: cell.id, data: { cell: cell.id, role } },
      })
      return cell
    },
    replay: (tx, id) => lockCell(tx, id),
  }).catch((error: unknown) => {
    if (isUniqueViolation(error, 'cell_managers_role_once')) return refuse('ALREADY_DONE')
    throw error
  })

/** Ends the service of whoever fills a role. NOT_FOUND when nobody does, INVALID_INPUT for a day before its first. */
export const endAssignment = (context: CommitteesContext, input: EndAssignment): Promise<Cell | RefusalValue> =>
  performAct<Cell>(context, {
    code: 'committee.cell.unassign',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const cell = await cellOfActor(context, tx, input.cell)
      if ('refused' in cell) return cell
      const open = (await findHoldersOf(tx, cell.id, input.role)).find(({ until }) => until === null)
      if (open === undefined) return refuse('NOT_FOUND', { field: 'role' })
      if (input.until < open.since || !isPlausible(input.until, context.clock.now())) return refuse('INVALID_INPUT', { field: 'until' })
      await endManager(tx, cell.id, input.role, input.until)
      await tx.journal({
        partyId: cell.ownerPartyId,
        record: { type: 'Cell', id: cell.id },
        before: open,
        after: { ...open, until: input.until },
        event: { type: 'committee.cell.unassigned', subject: cell.id, data: { cell: cell.id, role: input.role } },
      })
      return cell
    },
    replay: (tx, id) => lockCell(tx, id),
  })
