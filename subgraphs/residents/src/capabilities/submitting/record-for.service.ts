import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct } from '@commonhall/shared/journal'
import type { Channel, SuggestionKind } from '@commonhall/shared/matters'
import { localDate } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import { mayEnterForResidents } from '../../acting.policy.js'
import type { ResidentsContext } from '../../context.js'
import { faultOfText, LONGEST } from '../../text-rules.js'
import { bandOfActor, type Resident } from '../residents/index.js'
import { findSuggestions, insertSuggestion, nextRunningNumbers, numberOf, type AssentForm } from '../suggestions/index.js'
import type { NewSuggestion, Suggestion } from '../suggestions/index.js'
import { keepFirstLines } from '../stages/index.js'
import { firstLineOf, submittedEvent } from './submitted.js'
import { ASSISTED_CHANNELS, locate } from './submission.js'

/** What a clerk or cadre enters for a person, with the trace of that person's agreement. */
export interface RecordSuggestionFor {
  readonly resident?: string | null
  readonly assent?: { readonly form: AssentForm; readonly at: Date; readonly witness?: string | null } | null
  readonly kind: SuggestionKind
  readonly text: string
  readonly community: string
  readonly place?: unknown
  readonly address?: string | null
  readonly cell?: string | null
  readonly shareText?: boolean | null
  readonly channel: Channel
  readonly clientKey?: string | null
}

/**
 * Enters an entry for a resident of the own community, or for a person who wants to stay unknown (`resident` null).
 *
 * Refuses by `mayEnterForResidents`; ASSENT_MISSING without assent or without the witness of a spoken one; NOT_FOUND, NOT_ELIGIBLE
 * for a person of another community, INVALID_INPUT, FORBIDDEN_DATA. No follow code is given: it would be the clerk who has it.
 */
export const recordSuggestionFor = async (context: ResidentsContext, input: RecordSuggestionFor): Promise<Suggestion | RefusalValue> => {
  const now = context.clock.now()
  const id = newTypeId('sug', now.getTime())
  const [resident, community, grid, propose] = await Promise.all([
    typeof input.resident === 'string' ? context.loaders.residentById.load(input.resident) : null,
    context.loaders.communityById.load(input.community),
    context.grid(context.database.read),
    context.propose(context.database.read),
  ])
  const ownerPartyId = resident?.id ?? id
  return performAct<Suggestion>(context, {
    code: 'resident.suggestion.record_for',
    party: ownerPartyId,
    input,
    async run(tx) {
      const decision = mayEnterForResidents(context.actor, community)
      if (decision.refused) return decision
      if (community === null) return refuse('NOT_FOUND', { field: 'community' })
      const fault = faultOf(input, resident, community.id, now)
      if (fault !== null) return fault
      const placed = locate(grid, community.id, input.place, input.cell ?? null)
      if ('refused' in placed) return placed
      const year = localDate(now, community.timeZone).slice(0, 4)
      const [running] = await nextRunningNumbers(tx, 1)
      const suggestion: NewSuggestion = {
        ...{ id, ownerPartyId, number: numberOf(year, running ?? ''), kind: input.kind, text: input.text.trim() },
        ...{ longitude: placed.point?.[0] ?? null, latitude: placed.point?.[1] ?? null, address: input.address?.trim() ?? null },
        ...{ communityId: community.id, cellId: placed.cellId, authorId: resident?.id ?? null, anonymous: resident === null },
        ...{ channel: input.channel, enteredBy: community.committeeId, assentForm: input.assent?.form ?? null },
        ...{ assentAt: input.assent?.at ?? null, assentWitness: input.assent?.witness?.trim() ?? null, createdAt: now },
        ...{ textCleared: input.shareText === true, proposedItem: propose(input.text) },
        ageBandThen: resident === null ? null : await bandOfActor(tx, resident.id, Number(year)),
      }
      await insertSuggestion(tx, suggestion)
      await keepFirstLines(tx, [firstLineOf(suggestion)])
      await tx.journal({ partyId: ownerPartyId, record: { type: 'Suggestion', id }, after: suggestion, event: submittedEvent(suggestion) })
      return (await findSuggestions(tx, [id]))[0]!
    },
    replay: async (tx, recordId) => (await findSuggestions(tx, [recordId]))[0] ?? null,
  })
}

const faultOf = (input: RecordSuggestionFor, resident: Resident | null, communityId: string, now: Date): RefusalValue | null => {
  const { assent } = input
  if (assent === null || assent === undefined) return refuse('ASSENT_MISSING', { field: 'assent' })
  const witness = assent.witness?.trim() ?? ''
  if (assent.form === 'SPOKEN_WITNESSED' && witness === '') return refuse('ASSENT_MISSING', { field: 'assent.witness' })
  if (assent.at.getTime() > now.getTime()) return refuse('INVALID_INPUT', { field: 'assent.at' })
  if (!ASSISTED_CHANNELS.includes(input.channel)) return refuse('INVALID_INPUT', { field: 'channel' })
  if (typeof input.resident === 'string' && resident === null) return refuse('NOT_FOUND', { field: 'resident' })
  if (resident !== null && resident.communityId !== communityId) return refuse('NOT_ELIGIBLE', { field: 'resident' })
  return (
    faultOfText(input.text, 'text', LONGEST.text) ??
    faultOfText(input.address, 'address', LONGEST.address) ??
    faultOfText(witness === '' ? null : witness, 'assent.witness', LONGEST.name)
  )
}
