import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import type { SuggestionStage } from '@commonhall/shared/matters'

/** Whether an entry can still be taken back: at any time, but once, and not after it became part of another. Pure. */
export const mayStillWithdraw = (stage: SuggestionStage): Decision => {
  if (stage === 'WITHDRAWN') return refuse('ALREADY_DONE', { field: 'suggestion' })
  return stage === 'MERGED' ? refuse('WRONG_STAGE', { field: 'suggestion' }) : allowed
}
