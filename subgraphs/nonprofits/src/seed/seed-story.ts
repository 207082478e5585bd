import { createHash } from 'node:crypto'

import { chinaCalendar, promiseToJson } from '@commonhall/shared/time'
import { typeIdAt } from '@commonhall/shared/typeid'
import type { StoryEngagement, StoryReferral, SuggestionStory } from '@commonhall/street'

import { asksNonprofits } from '../capabilities/matters/matter.js'
import { isOwed, tellOf, type Engagement } from '../capabilities/engagements/engagement.js'
import { answerByAfterReopening, answered, askedAgain, type Referral } from '../capabilities/referrals/referral.js'

type Row = readonly unknown[]

/** One story as rows of the nonprofits; `matter` null when no fact of it has reached them. */
export interface StoryRows {
  readonly matter: Row | null
  readonly referrals: readonly Row[]
  readonly engagements: readonly Row[]
}

const nothing: StoryRows = { matter: null, referrals: [], engagements: [] }

/** What the events of one story, and the answers of its organizations, would have left in the nonprofits' tables at `anchor`. Pure. */
export const seedStory = (story: SuggestionStory, anchor: Date): StoryRows => {
  const triage = story.triages.at(-1) ?? null
  const { withdrawnAt, mergedAt } = story
  const reopenedAt = story.reopenings.at(-1)?.at ?? null
  if (triage === null && withdrawnAt === null && mergedAt === null) return nothing
  const asked = new Set(
    story.triages.flatMap(({ route, to }) =>
      asksNonprofits(route) ? to.filter(({ kind }) => kind === 'NONPROFIT').map(({ id }) => id) : [],
    ),
  )
  const matter: Row = [
    ...[story.id, triage?.id ?? null, triage?.at ?? null, triage?.route ?? null, [...asked], withdrawnAt, mergedAt, reopenedAt],
  ]
  if (story.referrals.length === 0) return { ...nothing, matter }
  const engagements = story.engagements.map((engagement) => toEngagement(story, engagement, anchor))
  const referrals = story.referrals.map((referral) => toReferral(story, referral, engagements))
  return {
    matter,
    referrals: [...referrals, ...askedAfterReopening(story, referrals)].map(referralRow),
    engagements: engagements.map(engagementRow),
  }
}

const toEngagement = (story: SuggestionStory, told: StoryEngagement, anchor: Date): Engagement => {
  const { id, nonprofit, referral, triage, verdict, reason, note, promise, delivery, deliveredAt, at } = told
  const endedAt = story.withdrawnAt ?? story.mergedAt
  const engagement: Engagement = {
    ...{ id, ownerPartyId: nonprofit, referralId: referral, suggestionId: story.id, communityId: story.community, triageId: triage },
    verdict: verdict === 'ACCEPTED' ? 'ACCEPTED' : 'DECLINED',
    ...{ reason, note, at, promise, delivery, deliveredAt },
    releasedAt: verdict === 'ACCEPTED' && deliveredAt === null ? endedAt : null,
    nextLookAt: null,
  }
  // History has been told: of a promise that is due or broken today, the watcher says only what comes next.
  return promise !== null && isOwed(engagement) ? { ...engagement, nextLookAt: tellOf(promise, anchor).nextLookAt } : engagement
}

const toReferral = (story: SuggestionStory, told: StoryReferral, engagements: readonly Engagement[]): Referral => {
  const { id, nonprofit, triage, arrivedAt, answerBy, afterReopening } = told
  const referral: Referral = {
    ...{ id, ownerPartyId: nonprofit, suggestionId: story.id, communityId: story.community, triageId: triage },
    ...{ round: afterReopening ? 1 : 0, arrivedAt, answerBy, owedBy: answerBy, state: 'WAITING', verdict: null },
    ...{ engagementId: null, closedBecause: null },
  }
  const engagement = engagements.find(({ referralId }) => referralId === id)
  const isSuperseded = story.triages.at(-1)?.id !== triage
  const closedBecause = story.withdrawnAt !== null ? 'WITHDRAWN' : story.mergedAt !== null ? 'MERGED' : isSuperseded ? 'SUPERSEDED' : null
  if (engagement === undefined) return closedBecause === null ? referral : { ...referral, state: 'ENDED', closedBecause }
  const { id: engagementId, verdict, promise, releasedAt } = engagement
  const answer = answered(referral, { engagementId, verdict, dueAt: promise?.dueAt ?? null, isOwed: isOwed(engagement) })
  return releasedAt === null ? answer : { ...answer, closedBecause }
}

/** The street ends at a reopening without the place that it makes on the desk: the event would have made it. */
const askedAfterReopening = (story: SuggestionStory, referrals: readonly Referral[]): Referral[] => {
  const reopening = story.reopenings.at(-1)
  const triage = story.triages.at(-1)
  if (
    reopening === undefined ||
    triage === undefined ||
    story.reopenings.length > 1 ||
    story.withdrawnAt !== null ||
    story.mergedAt !== null
  )
    return []
  if (triage.at > reopening.at || referrals.some(({ round }) => round > 0)) return []
  const answerBy = answerByAfterReopening(reopening.at, chinaCalendar())
  return askedAgain(referrals, triage.id).map((referral) => ({
    ...referral,
    id: idOf(referral.id, reopening.at),
    ...{ round: 1, arrivedAt: reopening.at, answerBy, owedBy: answerBy, state: 'WAITING', verdict: null },
    ...{ engagementId: null, closedBecause: null },
  }))
}

const idOf = (referralId: string, at: Date): string => typeIdAt('ref', at.getTime(), createHash('sha256').update(referralId).digest())

const referralRow = (referral: Referral): Row => {
  const { id, ownerPartyId, suggestionId, communityId, triageId, round, arrivedAt, answerBy, state, owedBy, verdict, engagementId } =
    referral
  const place = [id, ownerPartyId, suggestionId, communityId, triageId, round, arrivedAt, answerBy]
  return [...place, state, owedBy, verdict, engagementId, referral.closedBecause]
}

const engagementRow = (engagement: Engagement): Row => {
  const { id, ownerPartyId, referralId, suggestionId, communityId, triageId, verdict, reason, note, at, promise } = engagement
  const keys = [id, ownerPartyId, referralId, suggestionId, communityId, triageId, verdict, reason, note, at]
  const promised = [
    promise && promiseToJson(promise),
    promise?.firstDueAt,
    promise?.dueAt,
    promise?.keptAt,
    promise?.extensions.length ?? 0,
  ]
  return [...keys, ...promised, engagement.delivery, engagement.deliveredAt, engagement.releasedAt, engagement.nextLookAt]
}
