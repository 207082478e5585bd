import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct, type ActTx } from '@commonhall/shared/journal'
import { isUniqueViolation } from '@commonhall/shared/persistence'
import { makePromise, type ClockBasis, type PromiseRecord } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import type { CommitteesContext } from '../../context.js'
import { checkText, firstRefusal } from '../../free-text.js'
import { isIdOf } from '../../ids.js'
import { calendarOf, findCommunity, type Community } from '../communities/index.js'
import { isClosed, isKnown, lockMatter } from '../matters/index.js'
import type { LedgerEntry } from './ledger-entry.js'
import { findLedgerEntries, saveEntry } from './ledger-entry.store.js'
import { mayKeepLedger } from './ledger.policy.js'

/** What a cadre puts into the ledger. */
export interface OpenLedgerEntry {
  readonly suggestion?: string | null
  readonly community: string
  readonly title: string
  readonly promise?: { readonly days: number; readonly clock: ClockBasis; readonly plan?: string | null } | null
  readonly feedbackEveryDays: number
  readonly clientKey?: string | null
}

const MAX_TITLE_CHARS = 200
const MAX_PLAN_CHARS = 2_000
const MAX_FEEDBACK_DAYS = 30
/** What sets the limit of a promise in the ledger. */
const LEDGER_BASIS = '突出问题台账'

const checkInput = (input: OpenLedgerEntry): RefusalValue | null => {
  const { feedbackEveryDays: days } = input
  return firstRefusal([
    checkText(input.title, { field: 'title', maxChars: MAX_TITLE_CHARS, missing: 'INVALID_INPUT' }),
    checkText(input.promise?.plan, { field: 'promise.plan', maxChars: MAX_PLAN_CHARS, missing: null }),
    Number.isInteger(days) && days >= 1 && days <= MAX_FEEDBACK_DAYS ? null : refuse('INVALID_INPUT', { field: 'feedbackEveryDays' }),
  ])
}

const checkSuggestion = async (tx: ActTx, input: OpenLedgerEntry, community: Community): Promise<RefusalValue | null> => {
  const field = 'suggestion'
  if (typeof input.suggestion !== 'string') return null
  const matter = isIdOf('sug', input.suggestion) ? await lockMatter(tx, input.suggestion) : null
  if (!isKnown(matter)) return refuse('NOT_FOUND', { field })
  if (matter.communityId !== community.id) return refuse('NOT_ELIGIBLE', { field })
  return isClosed(matter) ? refuse('WRONG_STAGE', { field }) : null
}

const promiseOf = ({ promise }: OpenLedgerEntry, community: Community, at: Date): PromiseRecord | null | RefusalValue => {
  if (promise === null || promise === undefined) return null
  const made = makePromise(at, { ...promise, basis: LEDGER_BASIS }, calendarOf(community))
  return made.ok ? made.promise : refuse(made.code, { field: 'promise.days' })
}

/**
 * Puts a prominent problem into the ledger of the actor's own community.
 *
 * Refuses by `mayKeepLedger`; NOT_FOUND; NOT_ELIGIBLE for a suggestion of another community, WRONG_STAGE for a closed one, ALREADY_DONE while
 * it has an open entry; INVALID_INPUT for feedback rarer than every 30 days.
 */
export const openLedgerEntry = (context: CommitteesContext, input: OpenLedgerEntry): Promise<LedgerEntry | RefusalValue> =>
  performAct<LedgerEntry>(context, {
    code: 'committee.ledger.open',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const post = mayKeepLedger(context.actor, null)
      if (post.refused) return post
      const community = isIdOf('com', input.community) ? await findCommunity(tx, input.community) : null
      if (community === null) return refuse('NOT_FOUND', { field: 'community' })
      const decision = mayKeepLedger(context.actor, community.ownerPartyId)
      if (decision.refused) return decision
      const fault = checkInput(input) ?? (await checkSuggestion(tx, input, community))
      if (fault !== null) return fault
      const openedAt = context.clock.now()
      const promise = promiseOf(input, community, openedAt)
      if (promise !== null && 'refused' in promise) return promise
      const entry: LedgerEntry = {
        id: newTypeId('led', openedAt.getTime()),
        ownerPartyId: community.ownerPartyId,
        communityId: community.id,
        suggestionId: input.suggestion ?? null,
        title: input.title,
        promise,
        feedbackEveryDays: input.feedbackEveryDays,
        schedule: [],
        feedback: [],
        openedAt,
        closedAt: null,
      }
      await saveEntry(tx, entry)
      await tx.journal({
        partyId: entry.ownerPartyId,
        record: { type: 'LedgerEntry', id: entry.id },
        after: entry,
        event: {
          type: 'committee.ledger.opened',
          subject: entry.suggestionId ?? entry.id,
          data: { entry: entry.id, suggestion: entry.suggestionId, community: community.id, at: openedAt.toISOString() },
        },
      })
      return entry
    },
    replay: async (tx, id) => (await findLedgerEntries(tx, [id]))[0] ?? null,
  }).catch((error: unknown) => {
    if (isUniqueViolation(error, 'ledger_entries_open_once')) return refuse('ALREADY_DONE', { field: 'suggestion' })
    throw error
  })
