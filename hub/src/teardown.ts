/** What must be undone, in the reverse order of its making. */
export interface Teardown {
  add(name: string, undo: () => Promise<unknown>): void
  /** Undoes everything once; a failing step does not keep the others from running. Returns the names of those that failed. */
  run(): Promise<readonly string[]>
}

/** Remembers what a start has made, so that a stop (or a start that fails half-way) leaves nothing running. */
export const createTeardown = (): Teardown => {
  const steps: Array<{ name: string; undo: () => Promise<unknown> }> = []
  let running: Promise<readonly string[]> | null = null
  const runAll = async (): Promise<readonly string[]> => {
    const failed: string[] = []
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      const { name, undo } = step
      await undo().catch(() => failed.push(name))
    }
    return failed
  }
  return {
    add: (name, undo) => {
      steps.push({ name, undo })
    },
    run: () => (running ??= runAll()),
  }
}
