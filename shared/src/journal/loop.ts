/** A piece of background work that runs when woken and every so often, never twice at once. */
export interface Loop {
  wake(): void
  /** Runs now, after a run that is under way, and hands back its result or error. */
  runNow(): Promise<number>
  stop(): Promise<void>
}

/** Makes a loop. A failing run is told to `onError` and tried again at the next poll; nothing is lost, because the work is in tables. */
export const createLoop = (options: {
  readonly work: () => Promise<number>
  readonly pollMs: number
  readonly onError: (error: unknown) => void
}): Loop => {
  let running: Promise<unknown> = Promise.resolve()
  let isWoken = false
  let isStopped = false
  const enqueue = (): Promise<number> => {
    const next = running.then(() => (isStopped ? 0 : options.work()))
    running = next.catch(() => undefined)
    return next
  }
  const wake = (): void => {
    if (isWoken || isStopped) return
    isWoken = true
    running
      .then(() => {
        isWoken = false
        return enqueue()
      })
      .catch(options.onError)
  }
  const timer = setInterval(wake, options.pollMs)
  timer.unref()
  return {
    wake,
    runNow: enqueue,
    async stop() {
      isStopped = true
      clearInterval(timer)
      await running
    },
  }
}
