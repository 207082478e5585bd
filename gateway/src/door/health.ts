/** Health of one party as the gateway last saw it: `waiting` for its schema at the start, `unknown` before its first answer. */
export type PartyState = 'up' | 'down' | 'waiting' | 'unknown'

/** What `/health/ready` says; ready when the release is loaded and the gateway is not stopping. A party that is down later costs only its fields. */
export interface Readiness {
  readonly ready: boolean
  /** Id of the release that serves; null before the first. */
  readonly release?: string | null
  readonly parties: Readonly<Record<string, PartyState>>
}

/** Status and body of `/health/ready`. */
export const readinessAnswer = (readiness: Readiness): { status: number; body: object } => ({
  status: readiness.ready ? 200 : 503,
  body: { status: readiness.ready ? 'ready' : 'not ready', release: readiness.release ?? null, parties: readiness.parties },
})
