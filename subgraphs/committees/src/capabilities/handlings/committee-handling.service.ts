import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct, type ActTx } from '@commonhall/shared/journal'
import { extendPromise, keepPromise } from '@commonhall/shared/time'

import type { CommitteesContext } from '../../context.js'
import { checkText } from '../../free-text.js'
import { isIdOf } from '../../ids.js'
import { calendarOf, findCommunity, type Community } from '../communities/index.js'
import { findMatter, isClosed, isKnown } from '../matters/index.js'
import type { CommitteeHandling } from './committee-handling.js'
import { mayHandle } from './committee-handling.policy.js'
import { findHandlings, lockHandling, updateHandling } from './committee-handling.store.js'

/** By how many days a promise is extended, and why. */
export interface ExtendCase {
  readonly handling: string
  readonly days: number
  readonly why: string
  readonly clientKey?: string | null
}

/** What was done. */
export interface FinishCase {
  readonly handling: string
  readonly resolution: string
  readonly clientKey?: string | null
}

const MAX_REASON_CHARS = 1_000
const MAX_RESOLUTION_CHARS = 4_000

interface OwnCase {
  readonly handling: CommitteeHandling
  readonly community: Community
}

/** The open case the actor may go on with, held until the transaction ends; or why not. */
const openCaseOfActor = async (context: CommitteesContext, tx: ActTx, id: string): Promise<OwnCase | RefusalValue> => {
  const post = mayHandle(context.actor, null)
  if (post.refused) return post
  const [known] = isIdOf('chd', id) ? await findHandlings(tx, [id]) : []
  if (known === undefined) return refuse('NOT_FOUND', { field: 'handling' })
  const decision = mayHandle(context.actor, known.ownerPartyId)
  if (decision.refused) return decision
  const handling = await lockHandling(tx, id)
  const matter = await findMatter(tx, known.suggestionId)
  const community = isKnown(matter) ? await findCommunity(tx, matter.communityId) : null
  if (handling === null || matter === null || community === null) return refuse('NOT_FOUND', { field: 'handling' })
  if (isClosed(matter) || handling.resolvedAt !== null) return refuse('WRONG_STAGE', { field: 'handling' })
  return { handling, community }
}

/** Extends the committee's own promise. Refuses by `mayHandle`; NOT_FOUND; WRONG_STAGE once finished; REASON_MISSING; EXTENSION_LIMIT. */
export const extendCase = (context: CommitteesContext, input: ExtendCase): Promise<CommitteeHandling | RefusalValue> =>
  performAct<CommitteeHandling>(context, {
    code: 'committee.case.extend',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const own = await openCaseOfActor(context, tx, input.handling)
      if ('refused' in own) return own
      const { handling: before, community } = own
      const fault = checkText(input.why, { field: 'why', maxChars: MAX_REASON_CHARS, missing: 'REASON_MISSING' })
      if (fault !== null) return fault
      const { days, why } = input
      const at = context.clock.now()
      const { maxExtensions } = community.rules
      const extended = extendPromise(before.promise, { days, why, at, maxExtensions }, calendarOf(community))
      if (!extended.ok) return refuse(extended.code, { field: extended.code === 'INVALID_INPUT' ? 'days' : null })
      const after: CommitteeHandling = { ...before, promise: extended.promise }
      await updateHandling(tx, after)
      const { ownerPartyId: committee, suggestionId: suggestion, id: handling } = after
      const dates = { firstDueAt: after.promise.firstDueAt.toISOString(), dueAt: after.promise.dueAt.toISOString() }
      await tx.journal({
        partyId: committee,
        record: { type: 'CommitteeHandling', id: handling },
        before,
        after,
        event: {
          type: 'committee.case.extended',
          subject: suggestion,
          data: { suggestion, handling, committee, ...dates, at: at.toISOString() },
        },
      })
      return after
    },
    replay: async (tx, id) => (await findHandlings(tx, [id]))[0] ?? null,
  })

/** Says that the committee's own case is done; the promise is kept at this instant, late or not. Refuses like `extendCase`. */
export const finishCase = (context: CommitteesContext, input: FinishCase): Promise<CommitteeHandling | RefusalValue> =>
  performAct<CommitteeHandling>(context, {
    code: 'committee.case.finish',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const own = await openCaseOfActor(context, tx, input.handling)
      if ('refused' in own) return own
      const { handling: before } = own
      const fault = checkText(input.resolution, { field: 'resolution', maxChars: MAX_RESOLUTION_CHARS, missing: 'REASON_MISSING' })
      if (fault !== null) return fault
      const resolvedAt = context.clock.now()
      const kept = keepPromise(before.promise, resolvedAt)
      if (!kept.ok) return refuse(kept.code)
      const after: CommitteeHandling = { ...before, promise: kept.promise, resolution: input.resolution, resolvedAt }
      await updateHandling(tx, after)
      const { ownerPartyId: committee, suggestionId: suggestion, id: handling } = after
      await tx.journal({
        partyId: committee,
        record: { type: 'CommitteeHandling', id: handling },
        before,
        after,
        event: {
          type: 'committee.case.finished',
          subject: suggestion,
          data: { suggestion, handling, committee, at: resolvedAt.toISOString() },
        },
      })
      return after
    },
    replay: async (tx, id) => (await findHandlings(tx, [id]))[0] ?? null,
  })
