import { HubError } from '@commonhall/shared/errors'

/**
 * What went wrong with a call as a whole.
 *
 * CONNECTION: refused, reset, cut. STATUS: no 2xx. TOO_LARGE, NOT_JSON, NOT_TEXT, CODING: an answer that is not taken. BUSY and
 * BREAKER_OPEN: never sent. LATE: no answer in time. ABORTED: nobody waits any more. REFUSED_ADDRESS: the name led to an address
 * that was not declared. STREAM: a subscription broke the protocol or was ended by an error.
 */
export type FaultReason =
  | 'CONNECTION'
  | 'STATUS'
  | 'TOO_LARGE'
  | 'NOT_JSON'
  | 'NOT_TEXT'
  | 'CODING'
  | 'BUSY'
  | 'BREAKER_OPEN'
  | 'LATE'
  | 'ABORTED'
  | 'REFUSED_ADDRESS'
  | 'STREAM'

/**
 * A call that brought no answer: PARTY_UNAVAILABLE or DEADLINE_EXCEEDED with the party and a reason that a client may see.
 * `detail` and `cause` are for the log; neither holds anything of an answer.
 */
export class PartyFault extends HubError {
  readonly party: string
  readonly fault: FaultReason
  /** HTTP status, for STATUS. */
  readonly status: number | undefined

  constructor(
    party: string,
    fault: FaultReason,
    options: { readonly detail?: string; readonly cause?: unknown; readonly status?: number } = {},
  ) {
    super(fault === 'LATE' ? 'DEADLINE_EXCEEDED' : 'PARTY_UNAVAILABLE', { detail: options.detail, cause: options.cause, reason: fault })
    this.party = party
    this.fault = fault
    this.status = options.status
  }
}

/** Whether a second try may help: the connection failed, or a proxy said that nobody was there. */
export const isWorthRetrying = (error: unknown): boolean =>
  error instanceof PartyFault &&
  (error.fault === 'CONNECTION' || (error.fault === 'STATUS' && (error.status === 502 || error.status === 503 || error.status === 504)))

/**
 * What a failed call says about its party, for the breaker: `failure` (it is not well), `alive` (it answered; the call was at fault),
 * `nothing` (the call ended before the party could show).
 *
 * An answer over the cap and a 4xx count as alive: a client can provoke both, and must not switch a party off for everybody.
 */
export const verdictOf = (error: unknown): 'failure' | 'alive' | 'nothing' => {
  if (!(error instanceof PartyFault)) return 'failure'
  switch (error.fault) {
    case 'TOO_LARGE':
      return 'alive'
    case 'STATUS': {
      const status = error.status ?? 0
      return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'alive' : 'failure'
    }
    case 'ABORTED':
    case 'BUSY':
    case 'BREAKER_OPEN':
      return 'nothing'
    default:
      return 'failure'
  }
}
