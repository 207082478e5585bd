/** Health of one party as the gateway last saw it. */
export type PartyState = 'up' | 'down' | 'waiting'

/** What `/health/ready` says; ready when the release is loaded and the gateway is not stopping. A party that is down later costs only its fields. */
export interface Readiness {
  readonly ready: boolean
  readonly parties: Readonly<Record<string, PartyState>>
}

/** Status and body of `/health/ready`. */
export const readinessAnswer = (readiness: Readiness): { status: number; body: string } => ({
  status: readiness.ready ? 200 : 503,
  body: JSON.stringify({ status: readiness.ready ? 'ready' : 'not ready', parties: readiness.parties }),
})
