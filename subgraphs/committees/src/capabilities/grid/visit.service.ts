import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct } from '@commonhall/shared/journal'
import { newTypeId } from '@commonhall/shared/typeid'

import { mayActAsCadre } from '../../cadre.policy.js'
import type { CommitteesContext } from '../../context.js'
import { checkText } from '../../free-text.js'
import { isIdOf } from '../../ids.js'
import { lockCell } from '../territory/index.js'
import type { CellRole } from './cell-manager.js'
import { findVisits, saveVisit } from './visit.store.js'
import type { Visit } from './visit.js'

/** What a cadre states about a round. */
export interface RecordVisit {
  readonly cell: string
  readonly at: Date
  readonly by: CellRole
  readonly households: number
  readonly note?: string | null
  readonly clientKey?: string | null
}

const MAX_HOUSEHOLDS = 2_000
const MAX_NOTE_CHARS = 2_000
const OLDEST_MS = 366 * 86_400_000

const checkVisit = (input: RecordVisit, now: Date): RefusalValue | null => {
  if (input.at > now || now.getTime() - input.at.getTime() > OLDEST_MS) return refuse('INVALID_INPUT', { field: 'at' })
  if (!Number.isInteger(input.households) || input.households < 1 || input.households > MAX_HOUSEHOLDS)
    return refuse('INVALID_INPUT', { field: 'households' })
  return checkText(input.note, { field: 'note', maxChars: MAX_NOTE_CHARS, missing: null })
}

/**
 * Records a round in a cell of the actor's own committee.
 *
 * Refuses by `mayActAsCadre`, NOT_FOUND for an unknown cell, INVALID_INPUT for a round to come or over a year back, FORBIDDEN_DATA in the note.
 */
export const recordVisit = (context: CommitteesContext, input: RecordVisit): Promise<Visit | RefusalValue> =>
  performAct<Visit>(context, {
    code: 'committee.visit.record',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const post = mayActAsCadre(context.actor, null)
      if (post.refused) return post
      const cell = isIdOf('cel', input.cell) ? await lockCell(tx, input.cell) : null
      if (cell === null) return refuse('NOT_FOUND', { field: 'cell' })
      const decision = mayActAsCadre(context.actor, cell.ownerPartyId)
      if (decision.refused) return decision
      const fault = checkVisit(input, context.clock.now())
      if (fault !== null) return fault
      const visit: Visit = {
        id: newTypeId('vis', context.clock.now().getTime()),
        ownerPartyId: cell.ownerPartyId,
        communityId: cell.communityId,
        cellId: cell.id,
        at: input.at,
        byRole: input.by,
        households: input.households,
        note: input.note ?? null,
      }
      await saveVisit(tx, visit)
      await tx.journal({
        partyId: cell.ownerPartyId,
        record: { type: 'Visit', id: visit.id },
        after: visit,
        event: { type: 'committee.visit.recorded', subject: visit.id, data: { visit: visit.id, cell: cell.id } },
      })
      return visit
    },
    replay: async (tx, id) => (await findVisits(tx, [id]))[0] ?? null,
  })
