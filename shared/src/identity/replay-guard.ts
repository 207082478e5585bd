/** Remembers nonces for the time in which an assertion could be replayed. */
export interface ReplayGuard {
  /** True the first time a nonce is seen, false ever after within its window. */
  admit(nonce: string, expiresAtSeconds: number, nowMs?: number): boolean
}

const LEEWAY_SECONDS = 30

/** A replay guard in memory; bounded by the call rate times 90 s, swept as it goes. */
export const createReplayGuard = (): ReplayGuard => {
  const seen = new Map<string, number>()
  let nextSweepMs = 0
  return {
    admit(nonce, expiresAtSeconds, nowMs = Date.now()) {
      if (nowMs > nextSweepMs) {
        for (const [key, until] of seen) if (until < nowMs) seen.delete(key)
        nextSweepMs = nowMs + 10_000
      }
      if (seen.has(nonce)) return false
      seen.set(nonce, (expiresAtSeconds + LEEWAY_SECONDS) * 1000)
      return true
    },
  }
}
