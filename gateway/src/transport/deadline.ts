import { HubError } from '@commonhall/shared/errors'

/**
 * Runs a task with an end: rejects with DEADLINE_EXCEEDED and aborts the signal it was given.
 *
 * Own timers, because undici's own timeouts fire up to half a second late (trust.md, section 9).
 */
export const withDeadline = async <T>(deadlineMs: number, task: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new HubError('DEADLINE_EXCEEDED', { detail: `${deadlineMs} ms` }))
      controller.abort()
    }, deadlineMs)
  })
  try {
    return await Promise.race([task(controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
