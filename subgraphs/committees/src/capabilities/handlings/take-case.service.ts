import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct, type ActTx } from '@commonhall/shared/journal'
import { makePromise, type ClockBasis, type PromiseRecord } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import type { CommitteesContext } from '../../context.js'
import { checkText } from '../../free-text.js'
import { isIdOf } from '../../ids.js'
import { calendarOf, findCommunity, type Community } from '../communities/index.js'
import { findKnownFunction } from '../directory/index.js'
import { isClosed, isKnown, lockMatter, type KnownMatter } from '../matters/index.js'
import { findLatestTriages, type Triage } from '../triage/index.js'
import { DEFAULT_LIMIT, type CommitteeHandling } from './committee-handling.js'
import { mayHandle } from './committee-handling.policy.js'
import { findHandlings, findLatestHandlings, saveHandling } from './committee-handling.store.js'

/** A promise as days on a clock. */
export interface PromiseWish {
  readonly days: number
  readonly clock: ClockBasis
  readonly plan?: string | null
}

/** What a cadre takes on, and by when. */
export interface TakeCase {
  readonly suggestion: string
  readonly promise?: PromiseWish | null
  readonly clientKey?: string | null
}

const MAX_PLAN_CHARS = 2_000
/** What sets the limit when no function item does. */
const OWN_BASIS = '城市居民委员会组织法 第三条'

const promiseOf = async (
  tx: ActTx,
  wish: PromiseWish,
  triage: Triage,
  community: Community,
  now: Date,
): Promise<PromiseRecord | RefusalValue> => {
  const fault = checkText(wish.plan, { field: 'promise.plan', maxChars: MAX_PLAN_CHARS, missing: null })
  if (fault !== null) return fault
  const item = triage.functionItem === null ? null : await findKnownFunction(tx, triage.functionItem)
  const limit = item === null ? DEFAULT_LIMIT : { days: item.resolveWithinDays, clock: item.clock }
  const made = makePromise(now, { ...wish, basis: item?.code ?? OWN_BASIS, limit }, calendarOf(community))
  return made.ok ? made.promise : refuse(made.code, { field: 'promise.days' })
}

/** The triage SELF that waits for the committee's own answer, or why there is none. */
const openTriage = async (tx: ActTx, matter: KnownMatter): Promise<Triage | RefusalValue> => {
  const [triage] = await findLatestTriages(tx, [matter.id])
  if (isClosed(matter) || matter.onDeskSince !== null || triage?.route !== 'SELF')
    return refuse('WRONG_STAGE', {
      field: 'suggestion',
      remedy: { zh: '请先以 SELF 分办。', en: 'Route it to SELF with triageSuggestion first.' },
    })
  const [handling] = await findLatestHandlings(tx, [matter.id])
  if (handling === undefined || handling.triageId !== triage.id) return triage
  if (handling.resolvedAt === null) return refuse('ALREADY_DONE', { field: 'suggestion' })
  // A reopening asks the same handler again: a new promise, while the old one stays as it was.
  const isReopened = matter.reopenedAt !== null && matter.reopenedAt >= handling.resolvedAt
  return isReopened ? triage : refuse('WRONG_STAGE', { field: 'suggestion' })
}

const journalTaken = (tx: ActTx, handling: CommitteeHandling): Promise<void> =>
  tx.journal({
    partyId: handling.ownerPartyId,
    record: { type: 'CommitteeHandling', id: handling.id },
    after: handling,
    event: {
      type: 'committee.case.taken',
      subject: handling.suggestionId,
      data: {
        suggestion: handling.suggestionId,
        handling: handling.id,
        committee: handling.ownerPartyId,
        firstDueAt: handling.promise.firstDueAt.toISOString(),
        dueAt: handling.promise.dueAt.toISOString(),
        at: handling.at.toISOString(),
      },
    },
  })

/**
 * Takes on a suggestion that was routed to SELF, with a promise; after a reopening once more, with a new one.
 *
 * Refuses by `mayHandle`; NOT_FOUND; WRONG_STAGE unless routed to SELF; ALREADY_DONE while it is being handled; PROMISE_MISSING; PROMISE_TOO_LONG
 * beyond the function item's limit or 30 working days.
 */
export const takeCase = (context: CommitteesContext, input: TakeCase): Promise<CommitteeHandling | RefusalValue> =>
  performAct<CommitteeHandling>(context, {
    code: 'committee.case.take',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const post = mayHandle(context.actor, null)
      if (post.refused) return post
      const matter = isIdOf('sug', input.suggestion) ? await lockMatter(tx, input.suggestion) : null
      const community = isKnown(matter) ? await findCommunity(tx, matter.communityId) : null
      if (!isKnown(matter) || community === null) return refuse('NOT_FOUND', { field: 'suggestion' })
      const decision = mayHandle(context.actor, community.ownerPartyId)
      if (decision.refused) return decision
      const triage = await openTriage(tx, matter)
      if ('refused' in triage) return triage
      if (input.promise === null || input.promise === undefined) return refuse('PROMISE_MISSING', { field: 'promise' })
      const at = context.clock.now()
      const promise = await promiseOf(tx, input.promise, triage, community, at)
      if ('refused' in promise) return promise
      const handling: CommitteeHandling = {
        id: newTypeId('chd', at.getTime()),
        ownerPartyId: community.ownerPartyId,
        suggestionId: matter.id,
        triageId: triage.id,
        promise,
        resolution: null,
        at,
        resolvedAt: null,
        lapsedAt: null,
      }
      await saveHandling(tx, handling)
      await journalTaken(tx, handling)
      return handling
    },
    replay: async (tx, id) => (await findHandlings(tx, [id]))[0] ?? null,
  })
