import { HubError } from '@commonhall/shared/errors'
import { chinaCalendar, parsePeriod, type Period } from '@commonhall/shared/time'

/** Reads a `PeriodInput` in the street's zone; throws INVALID_INPUT for one that is reversed or longer than five years. */
export const requirePeriod = (input: { readonly from: string; readonly to: string }): Period => {
  const result = parsePeriod(input, chinaCalendar().zone)
  if (result.ok) return result.period
  throw new HubError('INVALID_INPUT', {
    reason: result.reason,
    sentence: {
      zh: `period.${result.field} 有误：须为先后有序、不超过五年的日期。`,
      en: `'period.${result.field}' is wrong: the days must be in order and at most five years apart.`,
    },
  })
}
