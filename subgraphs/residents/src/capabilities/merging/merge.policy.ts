import { allowed, refuse, type Decision } from '@commonhall/shared/errors'

import type { Merge } from './merge.js'

/** Whether an author may still contest: the entry was not taken back, a merge is pending, and its ten days are not over. Pure. */
export const mayStillContest = (entry: { readonly withdrawnAt: Date | null }, merge: Merge | null, now: Date): Decision => {
  if (entry.withdrawnAt !== null || merge === null || merge.state === 'SUPERSEDED' || merge.state === 'DROPPED')
    return refuse('WRONG_STAGE', { field: 'suggestion' })
  if (merge.state === 'CONTESTED') return refuse('ALREADY_DONE', { field: 'suggestion' })
  const isInTime = merge.state === 'PENDING' && now.getTime() <= merge.contestUntil.getTime()
  return isInTime ? allowed : refuse('TOO_LATE', { field: 'suggestion' })
}
