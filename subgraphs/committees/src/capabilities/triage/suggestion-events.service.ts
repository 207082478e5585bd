import type { EventHandlers } from '@commonhall/shared/journal'
import type { Tx } from '@commonhall/shared/persistence'

import { findCommunity, type Community } from '../communities/index.js'
import { putOnDesk, takeOffDesk } from '../desk/index.js'
import {
  bouncesOf,
  findAnswers,
  hasOpenAnswer,
  holdMatter,
  isClosed,
  isKnown,
  keepAnswer,
  saveMarks,
  saveSubmission,
  type Answer,
  type KnownMatter,
} from '../matters/index.js'
import { findLatestTriages } from './triage.store.js'

/** The held matter with its community; null while its submission or its community is not known here. */
const knownMatter = async (tx: Tx, id: string): Promise<{ matter: KnownMatter; community: Community } | null> => {
  const matter = await holdMatter(tx, id)
  const community = isKnown(matter) ? await findCommunity(tx, matter.communityId) : null
  return isKnown(matter) && community !== null ? { matter, community } : null
}

const close = async (tx: Tx, id: string, at: string, marks: { withdrawnAt?: Date; mergedInto?: string }): Promise<void> => {
  const held = await holdMatter(tx, id)
  await saveMarks(tx, { ...held, ...marks })
  const known = await knownMatter(tx, id)
  if (known !== null) await takeOffDesk(tx, known.matter, known.community.ownerPartyId, 'LEFT', new Date(at))
}

const accepted = async (tx: Tx, answer: Answer): Promise<void> => {
  await holdMatter(tx, answer.suggestionId)
  await keepAnswer(tx, answer)
  const known = await knownMatter(tx, answer.suggestionId)
  // A partner of a joint handling took it on after another had bounced it: there is nothing left to route.
  if (known !== null) await takeOffDesk(tx, known.matter, known.community.ownerPartyId, 'LEFT', answer.at)
}

const declined = async (tx: Tx, answer: Answer, suggestedOwner: string | null): Promise<void> => {
  await holdMatter(tx, answer.suggestionId)
  await keepAnswer(tx, answer)
  const known = await knownMatter(tx, answer.suggestionId)
  if (known === null || answer.reason !== 'NOT_MY_FUNCTION' || isClosed(known.matter)) return
  const [latest] = await findLatestTriages(tx, [answer.suggestionId])
  const answers = await findAnswers(tx, answer.suggestionId)
  // A late no to a triage that was superseded is remembered as a bounce, but the matter is already on its way elsewhere.
  if (known.matter.onDeskSince === null && !(latest?.to ?? []).some(({ id }) => id === answer.partyId)) return
  if (hasOpenAnswer(answers)) return
  await putOnDesk(tx, known.matter, known.community, { at: answer.at, bounces: bouncesOf(answers), proposedItem: suggestedOwner })
}

const answerOf = (
  data: { suggestion: string; handling: string; at: string },
  partyId: string,
  verdict: Answer['verdict'],
  rest: { reason?: string; resolvedAt?: Date } = {},
): Answer => ({
  handlingId: data.handling,
  suggestionId: data.suggestion,
  partyId,
  verdict,
  reason: rest.reason ?? null,
  at: new Date(data.at),
  resolvedAt: rest.resolvedAt ?? null,
})

const resolved = async (tx: Tx, data: { suggestion: string; handling: string; at: string }, partyId: string): Promise<void> => {
  await holdMatter(tx, data.suggestion)
  await keepAnswer(tx, answerOf(data, partyId, 'ACCEPTED', { resolvedAt: new Date(data.at) }))
}

/**
 * Keeps the desk and the state of each matter from what residents, departments and nonprofits tell.
 *
 * Each handler holds the matter first, so that it and an act of a cadre decide one after the other. A fact about a suggestion whose
 * submission has not come is kept and counts as soon as it comes.
 */
export const suggestionHandlers: EventHandlers = {
  'resident.suggestion.submitted': async (tx, { data }) => {
    const held = await holdMatter(tx, data.suggestion)
    if (isKnown(held)) return
    const { number, community: communityId, cell: cellId, kind, channel, proposedItem } = data
    await saveSubmission(tx, { ...held, number, communityId, cellId, kind, channel, proposedItem, createdAt: new Date(data.createdAt) })
    const known = await knownMatter(tx, data.suggestion)
    if (known === null || isClosed(known.matter)) return
    const answers = await findAnswers(tx, data.suggestion)
    await putOnDesk(tx, known.matter, known.community, { at: new Date(data.createdAt), bounces: bouncesOf(answers), proposedItem: null })
  },
  'resident.suggestion.withdrawn': (tx, { data }) => close(tx, data.suggestion, data.at, { withdrawnAt: new Date(data.at) }),
  'resident.suggestion.merged': (tx, { data }) => close(tx, data.suggestion, data.at, { mergedInto: data.into }),
  'resident.suggestion.merge_contested': async (tx, { data }) => {
    const held = await holdMatter(tx, data.suggestion)
    await saveMarks(tx, { ...held, mergedInto: null })
    const known = await knownMatter(tx, data.suggestion)
    if (known === null || isClosed(known.matter)) return
    const bounces = bouncesOf(await findAnswers(tx, data.suggestion))
    await putOnDesk(tx, known.matter, known.community, { at: new Date(data.at), bounces, proposedItem: null })
  },
  'resident.suggestion.reopened': async (tx, { data }) => {
    const held = await holdMatter(tx, data.suggestion)
    await saveMarks(tx, { ...held, reopenedAt: new Date(data.at) })
    const known = await knownMatter(tx, data.suggestion)
    if (known === null || isClosed(known.matter)) return
    const [latest] = await findLatestTriages(tx, [data.suggestion])
    // What was answered at the desk has no handler who could answer again.
    if (!data.toDesk && latest?.route !== 'ANSWERED') return
    const bounces = bouncesOf(await findAnswers(tx, data.suggestion))
    await putOnDesk(tx, known.matter, known.community, { at: new Date(data.at), bounces, proposedItem: null })
  },
  'government.case.accepted': (tx, { data }) => accepted(tx, answerOf(data, data.department, 'ACCEPTED')),
  'government.case.declined': (tx, { data }) =>
    declined(tx, answerOf(data, data.department, 'DECLINED', { reason: data.reason }), data.suggestedOwner),
  'government.case.resolved': (tx, { data }) => resolved(tx, data, data.department),
  'nonprofit.referral.accepted': (tx, { data }) => accepted(tx, answerOf(data, data.nonprofit, 'ACCEPTED')),
  'nonprofit.referral.declined': (tx, { data }) => declined(tx, answerOf(data, data.nonprofit, 'DECLINED', { reason: data.reason }), null),
  'nonprofit.referral.delivered': (tx, { data }) => resolved(tx, data, data.nonprofit),
}
