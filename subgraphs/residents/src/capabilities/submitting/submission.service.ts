import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct } from '@commonhall/shared/journal'
import type { Channel, SuggestionKind } from '@commonhall/shared/matters'
import { localDate } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import type { ResidentsContext } from '../../context.js'
import { followCodeOf } from '../../follow-code.js'
import { faultOfText, LONGEST } from '../../text-rules.js'
import { writtenDownFor } from '../../unnamed.js'
import { bandOfActor } from '../residents/index.js'
import {
  findSuggestions,
  insertSuggestion,
  nextRunningNumbers,
  numberOf,
  type NewSuggestion,
  type Suggestion,
} from '../suggestions/index.js'
import { keepFirstLines } from '../stages/index.js'
import { firstLineOf, submittedEvent } from './submitted.js'
import { locate, OWN_CHANNELS } from './submission.js'
import { maySubmit } from './submission.policy.js'

/** What a person writes into the mood diary. */
export interface SubmitSuggestion {
  readonly kind: SuggestionKind
  readonly text: string
  readonly community: string
  readonly place?: unknown
  readonly address?: string | null
  readonly cell?: string | null
  readonly anonymous?: boolean | null
  readonly shareText?: boolean | null
  readonly channel: Channel
  readonly clientKey?: string | null
}

/**
 * Submits an entry. Refuses by `maySubmit`; NOT_FOUND for an unknown community or cell, INVALID_INPUT, FORBIDDEN_DATA.
 *
 * An anonymous entry belongs to itself: neither its rows, its journal, its repeated-request key nor its events name an author, also when
 * the author is signed in. Its answer carries the follow code, also when the same request is repeated; nothing else leads to the author.
 */
export const submitSuggestion = async (context: ResidentsContext, input: SubmitSuggestion): Promise<Suggestion | RefusalValue> => {
  const now = context.clock.now()
  const id = newTypeId('sug', now.getTime())
  const anonymous = input.anonymous === true
  const [me, community, grid, propose] = await Promise.all([
    context.loaders.me(),
    context.loaders.communityById.load(input.community),
    context.grid(context.database.read),
    context.propose(context.database.read),
  ])
  const ownerPartyId = anonymous || me === null ? id : me.id
  const forAuthor = (suggestion: Suggestion): Suggestion =>
    anonymous
      ? { ...suggestion, followCode: followCodeOf(context.followSecret, suggestion.id), readByAuthor: true }
      : { ...suggestion, readByAuthor: true }
  return performAct<Suggestion>(writtenDownFor(context, { anonymous }), {
    code: 'resident.suggestion.submit',
    party: ownerPartyId,
    input: inputOf(input),
    async run(tx) {
      const decision = maySubmit(context.actor, me, { communityId: input.community, anonymous })
      if (community === null)
        return decision.refused && decision.code !== 'NOT_ELIGIBLE' ? decision : refuse('NOT_FOUND', { field: 'community' })
      if (decision.refused) return decision
      if (!OWN_CHANNELS.includes(input.channel)) return refuse('INVALID_INPUT', { field: 'channel' })
      const fault = faultOfText(input.text, 'text', LONGEST.text) ?? faultOfText(input.address, 'address', LONGEST.address)
      if (fault !== null) return fault
      const placed = locate(grid, community.id, input.place, input.cell ?? null)
      if ('refused' in placed) return placed
      const year = localDate(now, community.timeZone).slice(0, 4)
      const [running] = await nextRunningNumbers(tx, 1)
      const suggestion: NewSuggestion = {
        ...{ id, ownerPartyId, number: numberOf(year, running ?? ''), kind: input.kind, text: input.text.trim() },
        ...{ longitude: placed.point?.[0] ?? null, latitude: placed.point?.[1] ?? null, address: input.address?.trim() ?? null },
        ...{
          communityId: community.id,
          cellId: placed.cellId,
          authorId: anonymous ? null : (me?.id ?? null),
          anonymous,
          channel: input.channel,
        },
        ...{ enteredBy: null, assentForm: null, assentAt: null, assentWitness: null, createdAt: now },
        ...{ textCleared: input.shareText === true, proposedItem: propose(input.text) },
        ageBandThen: anonymous || me === null ? null : await bandOfActor(tx, me.id, Number(year)),
      }
      await insertSuggestion(tx, suggestion)
      await keepFirstLines(tx, [firstLineOf(suggestion)])
      await tx.journal({ partyId: ownerPartyId, record: { type: 'Suggestion', id }, after: suggestion, event: submittedEvent(suggestion) })
      return forAuthor((await findSuggestions(tx, [id]))[0]!)
    },
    replay: async (tx, recordId) => {
      const [suggestion] = await findSuggestions(tx, [recordId])
      return suggestion === undefined ? null : forAuthor(suggestion)
    },
  })
}

/** The input as it is digested: defaults filled in, so that leaving one out and stating it are the same request. */
const inputOf = (input: SubmitSuggestion): SubmitSuggestion => ({
  ...input,
  anonymous: input.anonymous === true,
  shareText: input.shareText === true,
})
