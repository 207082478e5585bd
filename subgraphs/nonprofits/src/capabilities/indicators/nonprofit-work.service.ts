import { HubError } from '@commonhall/shared/errors'
import { chinaCalendar, parsePeriod } from '@commonhall/shared/time'

import type { NonprofitsContext } from '../../context.js'
import type { NonprofitWork } from './nonprofit-work.js'

/** The nonprofits' work on a community's suggestions; throws INVALID_INPUT for a period that is none, is reversed, or is over five years. */
export const readNonprofitWork = (
  context: NonprofitsContext,
  communityId: string,
  input: { readonly from: string; readonly to: string },
): Promise<NonprofitWork> => {
  const parsed = parsePeriod(input, chinaCalendar().zone)
  if (!parsed.ok)
    throw new HubError('INVALID_INPUT', {
      sentence: {
        zh: '期间须为起止两日（含），起日不晚于止日，最长五年。',
        en: "A period is two days, both included, 'from' not after 'to', five years at most.",
      },
    })
  return context.loaders.nonprofitWork.load({ communityId, period: parsed.period })
}
