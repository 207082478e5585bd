import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import type { SuggestionStage } from '@commonhall/shared/matters'

/**
 * Whether an author may still speak about a result: it was resolved and not reopened since, and its time is not over. Pure.
 *
 * `until` is the end of the community's limit after the last resolution (30 calendar days by default). WRONG_STAGE, TOO_LATE.
 */
export const mayStillSpeak = (stage: SuggestionStage, until: Date | null, now: Date): Decision => {
  if ((stage !== 'RESOLVED' && stage !== 'SATISFIED') || until === null) return refuse('WRONG_STAGE', { field: 'suggestion' })
  return now.getTime() <= until.getTime() ? allowed : refuse('TOO_LATE', { field: 'suggestion' })
}
