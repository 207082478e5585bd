import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct, type ActTx } from '@commonhall/shared/journal'
import { workingMinutesBetween } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import type { CommitteesContext } from '../../context.js'
import { isIdOf } from '../../ids.js'
import { calendarOf, findCommunity } from '../communities/index.js'
import { conferenceLimit, findLatestConferences, saveConference, type JointConference } from '../conferences/index.js'
import { takeOffDesk } from '../desk/index.js'
import { bouncesOf, findAnswers, isKnown, lockMatter } from '../matters/index.js'
import { checkRoute, type CheckedRoute, type TriageSuggestion } from './route-check.service.js'
import { routingState, type Desk } from './routing-state.service.js'
import { answerLimit, mayRoute, type Triage } from './triage.js'
import { mayTakeRoute, mayTriage } from './triage.policy.js'
import { findLatestTriages, findTriages, saveTriage } from './triage.store.js'

/** The matter the actor may route, held until the transaction ends, with its community; or why not. */
const deskOfActor = async (context: CommitteesContext, tx: ActTx, suggestionId: string): Promise<Desk | RefusalValue> => {
  const post = mayTriage(context.actor, null)
  if (post.refused) return post
  const matter = isIdOf('sug', suggestionId) ? await lockMatter(tx, suggestionId) : null
  const community = isKnown(matter) ? await findCommunity(tx, matter.communityId) : null
  if (!isKnown(matter) || community === null) return refuse('NOT_FOUND', { field: 'suggestion' })
  const decision = mayTriage(context.actor, community.ownerPartyId)
  return decision.refused ? decision : { matter, community }
}

const convene = async (tx: ActTx, desk: Desk, triage: Triage, bounces: number, calledByRule: boolean): Promise<void> => {
  const { matter, community } = desk
  const conference: JointConference = {
    id: newTypeId('jcf', triage.at.getTime()),
    ownerPartyId: community.ownerPartyId,
    suggestionId: matter.id,
    triageId: triage.id,
    calledByRule,
    bounces,
    convenedAt: triage.at,
    holdBy: conferenceLimit(triage.at, calendarOf(community)),
  }
  await saveConference(tx, conference)
  await tx.journal({
    partyId: community.ownerPartyId,
    record: { type: 'JointConference', id: conference.id },
    after: conference,
    event: {
      type: 'committee.conference.convened',
      subject: matter.id,
      data: {
        suggestion: matter.id,
        conference: conference.id,
        committee: community.ownerPartyId,
        calledByRule,
        holdBy: conference.holdBy.toISOString(),
        at: triage.at.toISOString(),
      },
    },
  })
}

const triageOf = (desk: Desk, input: TriageSuggestion, route: CheckedRoute, latest: Triage | null, at: Date): Triage => {
  const { matter, community } = desk
  const calendar = calendarOf(community)
  return {
    id: newTypeId('trg', at.getTime()),
    ownerPartyId: community.ownerPartyId,
    suggestionId: matter.id,
    communityId: community.id,
    channel: matter.channel,
    route: input.route,
    to: route.to,
    functionItem: route.item?.id ?? null,
    duplicateOf: input.duplicateOf ?? null,
    note: input.note ?? null,
    round: (latest?.round ?? 0) + 1,
    supersedes: latest?.id ?? null,
    at,
    answerBy: answerLimit(at, route.item, calendar),
    minutesToTriage: latest === null ? workingMinutesBetween(matter.createdAt, at, calendar) : null,
  }
}

const journalTriage = (tx: ActTx, triage: Triage, before: Triage | null, bounces: number): Promise<void> =>
  tx.journal({
    partyId: triage.ownerPartyId,
    record: { type: 'Triage', id: triage.id },
    before,
    after: triage,
    event: {
      type: 'committee.suggestion.triaged',
      subject: triage.suggestionId,
      data: {
        suggestion: triage.suggestionId,
        triage: triage.id,
        committee: triage.ownerPartyId,
        community: triage.communityId,
        route: triage.route,
        to: triage.to,
        functionItem: triage.functionItem,
        duplicateOf: triage.duplicateOf,
        answerBy: triage.answerBy.toISOString(),
        bounces,
        at: triage.at.toISOString(),
      },
    },
  })

/**
 * Routes a suggestion of the actor's own community; the answer clock of the addressed parties starts.
 *
 * Refuses by `mayTriage`; NOT_FOUND for what is unknown; WRONG_STAGE while somebody is at work on it, before the answer limit of the triage in
 * force, for a closed matter, and by the bounce rule; by field for a party, function item, original or note that does not fit the route.
 */
export const triageSuggestion = (context: CommitteesContext, input: TriageSuggestion): Promise<Triage | RefusalValue> =>
  performAct<Triage>(context, {
    code: 'committee.suggestion.triage',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const desk = await deskOfActor(context, tx, input.suggestion)
      if ('refused' in desk) return desk
      const { matter, community } = desk
      const now = context.clock.now()
      const answers = await findAnswers(tx, matter.id)
      const [latest = null] = await findLatestTriages(tx, [matter.id])
      if (!mayRoute(await routingState(tx, desk, answers, latest), now)) return refuse('WRONG_STAGE', { field: 'suggestion' })
      const bounces = bouncesOf(answers)
      const [conference] = await findLatestConferences(tx, [matter.id])
      const sinceConference = bounces - (conference?.bounces ?? 0)
      const limit = community.rules.bouncesToConference
      const open = mayTakeRoute(input.route, sinceConference, limit)
      if (open.refused) return open
      const route = await checkRoute(tx, input, matter)
      if ('refused' in route) return route
      const triage = triageOf(desk, input, route, latest, now)
      await saveTriage(tx, triage)
      await takeOffDesk(tx, matter, community.ownerPartyId, 'ROUTED', now)
      await journalTriage(tx, triage, latest, bounces)
      if (input.route === 'JOINT_CONFERENCE') await convene(tx, desk, triage, bounces, sinceConference >= limit)
      return triage
    },
    replay: async (tx, id) => (await findTriages(tx, [id]))[0] ?? null,
  })
