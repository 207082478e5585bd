import { HubError } from '@commonhall/shared/errors'
import { rate, type Rate } from '@commonhall/shared/indicators'
import { chinaCalendar, parsePeriod } from '@commonhall/shared/time'
import { parseTypeId } from '@commonhall/shared/typeid'

import type { GovernmentContext } from '../../context.js'
import type { Axis, ResponsivenessCounts } from './responsiveness.js'

/** I5, the government's half, as it is answered. These are duties of organs, not persons, so nothing is suppressed. */
export interface Responsiveness {
  readonly received: number
  readonly responded: Rate
  readonly onTime: Rate
  readonly resolved: Rate
  readonly keptPromise: Rate
  readonly extended: Rate
  readonly bounced: Rate
  readonly medianHoursToRespond: number | null
  readonly declinedNotMine: number
  readonly overdueNow: number
}

const PREFIXES = { community: 'com', department: 'dep' } as const

const toIndicator = (counts: ResponsivenessCounts): Responsiveness => ({
  received: counts.received,
  responded: rate('I5.responded/1', counts.responded, counts.received),
  onTime: rate('I5.onTime/1', counts.onTime, counts.due),
  resolved: rate('I5.resolved/1', counts.resolved, counts.accepted),
  keptPromise: rate('I5.keptPromise/1', counts.keptPromise, counts.firstDue),
  extended: rate('I5.extended/1', counts.extended, counts.accepted),
  bounced: rate('I5.bounced/1', counts.declinedNotMine, counts.answered),
  medianHoursToRespond: counts.medianHoursToRespond,
  declinedNotMine: counts.declinedNotMine,
  overdueNow: counts.overdueNow,
})

/** How a community was answered, or how a department answers, in a period of whole days. INVALID_INPUT for a period that is none. */
export const readResponsiveness = async (
  context: GovernmentContext,
  axis: Axis,
  id: string,
  input: { readonly from: string; readonly to: string },
): Promise<Responsiveness | null> => {
  const result = parsePeriod(input, chinaCalendar().zone)
  if (!result.ok)
    throw new HubError('INVALID_INPUT', {
      reason: result.reason,
      sentence: { zh: '期间须为先后两日，最长五年。', en: 'A period is two days in their order, five years at most.' },
    })
  if (parseTypeId(id)?.prefix !== PREFIXES[axis]) return null
  const counts = await context.loaders.responsiveness[axis](id, result.period)
  return counts === null ? null : toIndicator(counts)
}
