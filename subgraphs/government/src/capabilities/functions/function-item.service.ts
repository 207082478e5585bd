import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct } from '@commonhall/shared/journal'
import { isUniqueViolation } from '@commonhall/shared/persistence'
import { chinaCalendar, localDate } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import type { GovernmentContext } from '../../context.js'
import { listDepartments } from '../departments/index.js'
import { isFunctionCode, type CharterList, type FunctionItem } from './function-item.js'
import { mayPublishFunctionItem } from './function-item.policy.js'
import { findFunctionItemByCode, findFunctionItems, saveFunctionItem } from './function-item.store.js'

/** What an officer states about a line. */
export interface PublishFunctionItem {
  readonly code: string
  readonly title: string
  /** The title in English; without it the title stands in both languages. */
  readonly titleEn?: string | null
  readonly list: CharterList
  readonly legalBasis: string
  readonly supporting?: readonly string[] | null
  readonly respondWithin: number
  readonly resolveWithin: number
  readonly clock: 'CALENDAR' | 'WORKING'
  readonly keywords: readonly string[]
  readonly clientKey?: string | null
}

const MAX_DAYS = 3_650

/** Something to read, not too long, without the NUL that PostgreSQL cannot hold. */
const isPlain = (text: string, maxLength: number): boolean => text.trim() !== '' && text.length <= maxLength && !text.includes('\u0000')

/** An item keeps its English title when only other things change; a new title without an English one stands in both languages. */
const titlesOf = ({ title, titleEn }: PublishFunctionItem, existing: FunctionItem | null): Pick<FunctionItem, 'titleZh' | 'titleEn'> => ({
  titleZh: title,
  titleEn: titleEn ?? (existing?.titleZh === title ? existing.titleEn : title),
})

const checkInput = (input: PublishFunctionItem): RefusalValue | null => {
  if (!isFunctionCode(input.code)) return refuse('INVALID_INPUT', { field: 'code' })
  if (!isPlain(input.title, 200)) return refuse('INVALID_INPUT', { field: 'title' })
  if (typeof input.titleEn === 'string' && !isPlain(input.titleEn, 200)) return refuse('INVALID_INPUT', { field: 'titleEn' })
  if (input.legalBasis.trim() === '') return refuse('REASON_MISSING', { field: 'legalBasis' })
  if (!isPlain(input.legalBasis, 500)) return refuse('INVALID_INPUT', { field: 'legalBasis' })
  if (input.keywords.length > 50 || !input.keywords.every((word) => isPlain(word, 40)))
    return refuse('INVALID_INPUT', { field: 'keywords' })
  const isDays = (days: number): boolean => Number.isInteger(days) && days >= 1 && days <= MAX_DAYS
  if (!isDays(input.respondWithin)) return refuse('INVALID_INPUT', { field: 'respondWithin' })
  if (!isDays(input.resolveWithin)) return refuse('INVALID_INPUT', { field: 'resolveWithin' })
  return null
}

/** Publishes or changes a line of the function list for the actor's own department. Refuses by `mayPublishFunctionItem`, INVALID_INPUT, ALREADY_DONE. */
export const publishFunctionItem = (context: GovernmentContext, input: PublishFunctionItem): Promise<FunctionItem | RefusalValue> =>
  performAct<FunctionItem>(context, {
    code: 'government.function.publish',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const existing = isFunctionCode(input.code) ? await findFunctionItemByCode(tx, input.code) : null
      const decision = mayPublishFunctionItem(context.actor, existing)
      if (decision.refused) return decision
      const fault = checkInput(input)
      if (fault !== null) return fault
      const departments = await listDepartments(tx)
      const owner = departments.find((department) => department.id === context.actor.actingFor?.partyId)
      if (owner === undefined) return refuse('NOT_A_MEMBER')
      if ((input.supporting ?? []).some((id) => !departments.some((department) => department.id === id)))
        return refuse('NOT_FOUND', { field: 'supporting' })
      const now = context.clock.now()
      const item: FunctionItem = {
        id: existing?.id ?? newTypeId('fun', now.getTime()),
        code: input.code,
        ...titlesOf(input, existing),
        list: input.list,
        ownerPartyId: owner.id,
        supporting: input.supporting ?? [],
        legalBasis: input.legalBasis,
        respondWithinDays: input.respondWithin,
        resolveWithinDays: input.resolveWithin,
        clock: input.clock,
        keywords: input.keywords,
        validFrom: existing?.validFrom ?? localDate(now, chinaCalendar().zone),
        validUntil: existing?.validUntil ?? null,
      }
      await saveFunctionItem(tx, item)
      await tx.journal({
        partyId: owner.id,
        record: { type: 'FunctionItem', id: item.id },
        before: existing,
        after: item,
        event: {
          type: 'government.function.published',
          subject: item.id,
          data: {
            item: item.id,
            code: item.code,
            title: { zh: item.titleZh, en: item.titleEn },
            list: item.list,
            owner: owner.id,
            ownerName: { zh: owner.nameZh, en: owner.nameEn },
            respondWithin: item.respondWithinDays,
            resolveWithin: item.resolveWithinDays,
            clock: item.clock,
            keywords: item.keywords,
          },
        },
      })
      return item
    },
    replay: async (tx, id) => (await findFunctionItems(tx, [id]))[0] ?? null,
  }).catch((error: unknown) => {
    // Two officers publish a new line under one code at once: the other one won.
    if (isUniqueViolation(error, 'function_items_code_once')) return refuse('ALREADY_DONE', { field: 'code' })
    throw error
  })
