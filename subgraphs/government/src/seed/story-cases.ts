import { createHash } from 'node:crypto'

import { chinaCalendar, type WorkingCalendar } from '@commonhall/shared/time'
import { typeIdAt } from '@commonhall/shared/typeid'
import type { StoryCaseHandling, StoryInboxItem, SuggestionStory } from '@commonhall/street'

import { answersToAskAgain, isRunning, newHandling, tellOf, type CaseHandling } from '../capabilities/cases/case-handling.js'
import type { FunctionItem } from '../capabilities/functions/index.js'
import { answerLimit, type InboxItem } from '../capabilities/inbox/inbox-item.js'

/** An item of the desk with the instant at which nothing was left to do on it. */
export type SeededItem = InboxItem & { readonly finishedAt: Date | null }

/** What departments would have written about one story, and what the watcher would have told of it by the anchor. */
export interface StoryCases {
  readonly handlings: readonly CaseHandling[]
  readonly items: readonly SeededItem[]
}

const endOf = ({ withdrawnAt, mergedAt }: SuggestionStory): { at: Date; why: 'WITHDRAWN' | 'MERGED' } | null =>
  withdrawnAt !== null ? { at: withdrawnAt, why: 'WITHDRAWN' } : mergedAt !== null ? { at: mergedAt, why: 'MERGED' } : null

const toHandling = (story: SuggestionStory, told: StoryCaseHandling, anchor: Date): CaseHandling => {
  const { id, inboxItem: inboxItemId, triage: triageId, reason, explanation, suggestedOwner: suggestedOwnerId, promise, at } = told
  const end = endOf(story)
  const verdict = told.verdict === 'ACCEPTED' ? 'ACCEPTED' : 'DECLINED'
  const keys = { id, ownerPartyId: told.department, suggestionId: story.id, communityId: story.community, inboxItemId, triageId }
  const handling: CaseHandling = {
    ...newHandling({ ...keys, verdict, reason, explanation, suggestedOwnerId, promise, at }),
    resolution: told.resolution,
    resolvedAt: told.resolvedAt,
    cost: told.costFen === null ? null : { amount: (told.costFen / 100).toFixed(2), currency: 'CNY' },
  }
  if (end !== null && isRunning(handling)) return { ...handling, lapsedAt: end.at, lapsedWhy: end.why }
  return tellOf(handling, anchor)?.marked ?? handling
}

const finishOf = (handling: CaseHandling): Date | null =>
  handling.verdict === 'DECLINED' ? handling.at : (handling.resolvedAt ?? handling.lapsedAt)

const toItem = (story: SuggestionStory, told: StoryInboxItem, handlings: readonly CaseHandling[]): SeededItem => {
  const handling = handlings.find(({ id }) => id === told.handling)
  const next = story.triages.find(({ at }) => at > told.arrivedAt)
  const closed = handling ? null : (endOf(story) ?? (next ? ({ at: next.at, why: 'SUPERSEDED' } as const) : null))
  return {
    id: told.id,
    ownerPartyId: told.department,
    suggestionId: story.id,
    communityId: story.community,
    triageId: told.triage,
    round: told.afterReopening ? story.reopenings.filter(({ at }) => at <= told.arrivedAt).length : 0,
    functionItemId: told.functionItem,
    arrivedAt: told.arrivedAt,
    answerBy: told.answerBy,
    handlingId: handling?.id ?? null,
    answeredAt: handling?.at ?? null,
    closedAt: closed?.at ?? null,
    closedWhy: closed?.why ?? null,
    finishedAt: handling ? finishOf(handling) : (closed?.at ?? null),
  }
}

/** Items that a reopening brings back; a street that tells only the reopening itself leaves them to whoever is asked again. */
const itemsAskedAgain = (
  story: SuggestionStory,
  { handlings, items }: StoryCases,
  functionItems: ReadonlyMap<string, FunctionItem>,
  calendar: WorkingCalendar,
): SeededItem[] => {
  const at = story.reopenings.at(-1)?.at
  const round = story.reopenings.length
  if (at === undefined || round > 1 || endOf(story) !== null || items.some((item) => item.round === round)) return []
  return answersToAskAgain(handlings, story.triages.at(-1)?.id ?? null).map((handling) => {
    const answered = items.find(({ id }) => id === handling.inboxItemId)
    const entropy = createHash('sha256').update(`${story.id}/${handling.ownerPartyId}/${round}`).digest()
    const item = functionItems.get(answered?.functionItemId ?? '') ?? null
    const open = { handlingId: null, answeredAt: null, closedAt: null, closedWhy: null, finishedAt: null }
    return {
      ...open,
      id: typeIdAt('inb', at.getTime(), entropy),
      ownerPartyId: handling.ownerPartyId,
      suggestionId: story.id,
      communityId: story.community,
      triageId: handling.triageId,
      round,
      functionItemId: answered?.functionItemId ?? null,
      arrivedAt: at,
      answerBy: answerLimit(at, item, calendar),
    }
  })
}

/** Reads the departments' part of a story; the result is what events and acts would have built up to the anchor. */
export const createStoryReader = (anchor: Date, functionItems: ReadonlyMap<string, FunctionItem>) => {
  const calendar = chinaCalendar()
  return (story: SuggestionStory): StoryCases => {
    const handlings = story.caseHandlings.map((told) => toHandling(story, told, anchor))
    const items = story.inbox.map((told) => toItem(story, told, handlings))
    return { handlings, items: [...items, ...itemsAskedAgain(story, { handlings, items }, functionItems, calendar)] }
  }
}
