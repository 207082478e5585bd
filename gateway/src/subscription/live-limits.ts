/** Bounds of live operations; every one can be set by the operator. */
export interface LiveLimits {
  /** Events of one operation that wait for a client who does not read; one more cuts it with SLOW_CONSUMER. */
  readonly maxBufferedEvents: number
  /** Bytes that wait in one connection. A single event may be larger when nothing else waits. */
  readonly maxBufferedBytes: number
  /** Bytes that wait in all connections together. */
  readonly maxProcessBytes: number
  /** Open at the same time for one person, or for one address of nobody in particular. */
  readonly maxPerCaller: number
  /** Open at the same time in this process. */
  readonly maxPerProcess: number
  /** Operations of any kind on one WebSocket at the same time. */
  readonly maxPerSocket: number
  /** Open WebSockets of this process. */
  readonly maxSockets: number
  /** Longest life of one live operation; the client is told to subscribe again. */
  readonly maxDurationMs: number
  /** Pause between signs of life, below the idle limits of common proxies. */
  readonly heartbeatMs: number
  /** How long a client may take to say `connection_init`. */
  readonly initWaitMs: number
  /** How long a client that was told its end may take to read it. */
  readonly lingerMs: number
  /** How long the sources of two releases run side by side at most. */
  readonly overlapMs: number
}

/** What holds unless the operator says otherwise. */
export const DEFAULT_LIVE_LIMITS: LiveLimits = {
  maxBufferedEvents: 64,
  maxBufferedBytes: 1024 * 1024,
  maxProcessBytes: 64 * 1024 * 1024,
  maxPerCaller: 50,
  maxPerProcess: 5000,
  maxPerSocket: 50,
  maxSockets: 5000,
  maxDurationMs: 4 * 3_600_000,
  heartbeatMs: 12_000,
  initWaitMs: 3000,
  lingerMs: 5000,
  overlapMs: 2000,
}
