import { HubError } from '@commonhall/shared/errors'
import { count, rate, type Count, type Rate } from '@commonhall/shared/indicators'
import { AGE_BUCKETS, SUGGESTION_STAGES } from '@commonhall/shared/matters'
import { foldDayTotals, type Database } from '@commonhall/shared/persistence'
import { parsePeriod, type Period } from '@commonhall/shared/time'

import type { ResidentsContext } from '../../context.js'
import type { Community } from '../communities/index.js'
import type { OpenCount, StageCount } from './indicator.js'
import { SUGGESTION_TOTALS } from './indicator.store.js'

/** The residents' half of I5, as it may be shown to anybody. */
export interface Satisfaction {
  readonly asked: number | null
  readonly answered: number | null
  readonly resolved: Rate
  readonly satisfied: Rate
  readonly reopened: Rate
}

interface PeriodInput {
  readonly from: string
  readonly to: string
}

/** The period in the community's days; throws INVALID_INPUT for one that is reversed or longer than five years. */
const requirePeriod = (input: PeriodInput, community: Community): Period => {
  const read = parsePeriod(input, community.timeZone)
  if (read.ok) return read.period
  throw new HubError('INVALID_INPUT', {
    reason: read.reason,
    sentence: { zh: `period.${read.field} 无效（${read.reason}）。`, en: `'period.${read.field}' is invalid (${read.reason}).` },
  })
}

/** Satisfaction in a period, small cells hidden; null for an unknown community. Unrated results are never counted as satisfied. */
export const satisfaction = async (context: ResidentsContext, communityId: string, input: PeriodInput): Promise<Satisfaction | null> => {
  const community = await context.loaders.communityById.load(communityId)
  if (community === null) return null
  const [found] = await context.loaders.satisfactionOf.load({ communityId, period: requirePeriod(input, community) })
  const { asked = 0, reopened = 0, answered = 0, resolved = 0, satisfied = 0 } = found ?? {}
  const k = community.smallestGroup
  return {
    asked: count(asked, k).value,
    answered: count(answered, k).value,
    resolved: rate('I5.satisfaction.resolved/1', resolved, answered, k),
    satisfied: rate('I5.satisfaction.satisfied/1', satisfied, answered, k),
    reopened: rate('I5.satisfaction.reopened/1', reopened, asked, k),
  }
}

/** Entries of a period by stage, in the order of the stages; null for an unknown community. */
export const suggestionFunnel = async (
  context: ResidentsContext,
  communityId: string,
  input: PeriodInput,
): Promise<readonly StageCount[] | null> => {
  const community = await context.loaders.communityById.load(communityId)
  if (community === null) return null
  const rows = await context.loaders.funnelOf.load({ communityId, period: requirePeriod(input, community) })
  return rows.toSorted((a, b) => SUGGESTION_STAGES.indexOf(a.stage) - SUGGESTION_STAGES.indexOf(b.stage))
}

/** Open entries by stage and age at this moment, oldest stage first; null for an unknown community. */
export const openSuggestions = async (context: ResidentsContext, communityId: string): Promise<readonly OpenCount[] | null> => {
  if ((await context.loaders.communityById.load(communityId)) === null) return null
  const rows = await context.loaders.openCountsOf.load(communityId)
  const place = (row: OpenCount): number => SUGGESTION_STAGES.indexOf(row.stage) * AGE_BUCKETS.length + AGE_BUCKETS.indexOf(row.age)
  return rows.toSorted((a, b) => place(a) - place(b))
}

/** Registered residents, hidden below the community's smallest group; null for an unknown community. No statement beyond its own row. */
export const residentCount = async (context: ResidentsContext, communityId: string): Promise<Count | null> => {
  const community = await context.loaders.communityById.load(communityId)
  return community === null ? null : count(community.residentCount, community.smallestGroup)
}

/** Adds up what has changed since the last look, so that indicators read few rows. Returns how many changes there were. */
export const addUpTotals = ({ database }: { readonly database: Database }): Promise<number> =>
  foldDayTotals(database.read, SUGGESTION_TOTALS)
