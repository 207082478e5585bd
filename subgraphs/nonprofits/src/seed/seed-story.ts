import { createHash } from 'node:crypto'

import { chinaCalendar } from '@commonhall/shared/time'
import { typeIdAt } from '@commonhall/shared/typeid'
import type { StoryEngagement, StoryReferral, SuggestionStory } from '@commonhall/street'

import { engagementsToAskAgain, isOwed, tellOf, type Engagement } from '../capabilities/engagements/engagement.js'
import { asksNonprofits, endOf, type Matter } from '../capabilities/matters/matter.js'
import { answerByAfterReopening, type Referral } from '../capabilities/referrals/referral.js'

/** One story as the nonprofits hold it; `matter` null when no fact of it has reached them. */
export interface StoryRecords {
  readonly matter: Matter | null
  readonly referrals: readonly SeededReferral[]
  readonly engagements: readonly Engagement[]
}

/** A referral with the instant at which it left the desk. */
export type SeededReferral = Referral & { readonly finishedAt: Date | null }

/** What the events of one story, and the answers of its organizations, would have left with the nonprofits at `anchor`. Pure. */
export const recordsOf = (story: SuggestionStory, anchor: Date): StoryRecords => {
  const matter = matterOf(story)
  if (matter === null || story.referrals.length === 0) return { matter, referrals: [], engagements: [] }
  const engagements = story.engagements.map((told) => engagementOf(story, matter, told, anchor))
  const referrals = story.referrals.map((told) => referralOf(story, matter, told, engagements))
  return { matter, referrals: [...referrals, ...askedByReopening(story, matter, referrals, engagements)], engagements }
}

const matterOf = ({ id, triages, withdrawnAt, mergedAt }: SuggestionStory): Matter | null => {
  const triage = triages.at(-1) ?? null
  if (triage === null && withdrawnAt === null && mergedAt === null) return null
  const asked = triages
    .filter(({ route }) => asksNonprofits(route))
    .flatMap(({ to }) => to.filter(({ kind }) => kind === 'NONPROFIT').map((party) => party.id))
  return {
    suggestionId: id,
    triage: triage === null ? null : { id: triage.id, at: triage.at, route: triage.route },
    asked: [...new Set(asked)],
    withdrawnAt,
    mergedAt,
  }
}

const engagementOf = (story: SuggestionStory, matter: Matter, told: StoryEngagement, anchor: Date): Engagement => {
  const { id, nonprofit, referral, triage, verdict, reason, note, promise, delivery, deliveredAt, at } = told
  const end = promise !== null && deliveredAt === null ? endOf(matter) : null
  const engagement: Engagement = {
    ...{ id, ownerPartyId: nonprofit, referralId: referral, suggestionId: story.id, communityId: story.community, triageId: triage },
    verdict: verdict === 'ACCEPTED' ? 'ACCEPTED' : 'DECLINED',
    ...{ reason, note, at, promise, delivery, deliveredAt },
    lapsedAt: end?.at ?? null,
    lapsedWhy: end?.why ?? null,
    nextLookAt: null,
  }
  // History has been told: of a promise that is due or broken today, the watcher says only what comes next.
  return promise !== null && isOwed(engagement) ? { ...engagement, nextLookAt: tellOf(promise, anchor).nextLookAt } : engagement
}

const referralOf = (story: SuggestionStory, matter: Matter, told: StoryReferral, engagements: readonly Engagement[]): SeededReferral => {
  const { id, nonprofit, triage, arrivedAt, answerBy, afterReopening } = told
  const asked = {
    ...{ id, ownerPartyId: nonprofit, suggestionId: story.id, communityId: story.community, triageId: triage },
    ...{ round: afterReopening ? 1 : 0, arrivedAt, answerBy },
  }
  const answer = engagements.find(({ referralId }) => referralId === id)
  const superseding = matter.triage !== null && matter.triage.id !== triage ? { why: 'SUPERSEDED' as const, at: matter.triage.at } : null
  const end = superseding ?? endOf(matter)
  if (answer === undefined)
    return {
      ...asked,
      engagementId: null,
      answeredAt: null,
      closedAt: end?.at ?? null,
      closedWhy: end?.why ?? null,
      finishedAt: end?.at ?? null,
    }
  const finishedAt = answer.promise === null ? answer.at : (answer.deliveredAt ?? answer.lapsedAt)
  return { ...asked, engagementId: answer.id, answeredAt: answer.at, closedAt: null, closedWhy: null, finishedAt }
}

/** The street ends a story at its reopening, without the place on the desk that the event makes. */
const askedByReopening = (
  story: SuggestionStory,
  matter: Matter,
  referrals: readonly SeededReferral[],
  engagements: readonly Engagement[],
): SeededReferral[] => {
  const [reopening] = story.reopenings
  const isAsked = referrals.some(({ round }) => round > 0)
  const isMet = matter.triage === null || (reopening !== undefined && matter.triage.at > reopening.at)
  if (reopening === undefined || story.reopenings.length > 1 || isAsked || isMet || endOf(matter) !== null) return []
  const answerBy = answerByAfterReopening(reopening.at, chinaCalendar())
  return engagementsToAskAgain(engagements, matter.triage?.id ?? null).map((engagement) => ({
    id: typeIdAt('ref', reopening.at.getTime(), createHash('sha256').update(engagement.id).digest()),
    ...{ ownerPartyId: engagement.ownerPartyId, suggestionId: story.id, communityId: story.community, triageId: engagement.triageId },
    ...{
      round: 1,
      arrivedAt: reopening.at,
      answerBy,
      engagementId: null,
      answeredAt: null,
      closedAt: null,
      closedWhy: null,
      finishedAt: null,
    },
  }))
}
