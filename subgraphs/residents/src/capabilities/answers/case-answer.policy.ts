import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import { isOpen, type SuggestionStage } from '@commonhall/shared/matters'

/** Whether a question still waits for its answer: not answered, its matter open, its pause not over. Pure. */
export const mayStillAnswer = (
  question: { readonly pausedUntil: Date; readonly isAnswered: boolean },
  stage: SuggestionStage,
  now: Date,
): Decision => {
  if (question.isAnswered) return refuse('ALREADY_DONE', { field: 'question' })
  if (!isOpen(stage)) return refuse('WRONG_STAGE', { field: 'question' })
  return now.getTime() <= question.pausedUntil.getTime() ? allowed : refuse('TOO_LATE', { field: 'question' })
}
