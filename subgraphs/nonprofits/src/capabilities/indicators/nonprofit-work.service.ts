import { HubError } from '@commonhall/shared/errors'
import { chinaCalendar, parsePeriod } from '@commonhall/shared/time'
import { parseTypeId } from '@commonhall/shared/typeid'

import type { NonprofitsContext } from '../../context.js'
import { nonprofitWorkOf, type NonprofitWork } from './nonprofit-work.js'

/** The nonprofits' work on a community's suggestions in a period of whole days; null for an id that is none. INVALID_INPUT for a period that is none. */
export const readNonprofitWork = async (
  context: NonprofitsContext,
  communityId: string,
  input: { readonly from: string; readonly to: string },
): Promise<NonprofitWork | null> => {
  const result = parsePeriod(input, chinaCalendar().zone)
  if (!result.ok)
    throw new HubError('INVALID_INPUT', {
      reason: result.reason,
      sentence: { zh: '期间须为先后两日，最长五年。', en: 'A period is two days in their order, five years at most.' },
    })
  if (parseTypeId(communityId)?.prefix !== 'com') return null
  const counts = await context.loaders.nonprofitWork(communityId, result.period)
  return counts === null ? null : nonprofitWorkOf(counts)
}
