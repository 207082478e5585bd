/** Where "now" comes from. Every rule takes it as an argument, so that a test can stand at any minute. */
export interface Clock {
  now(): Date
}

/** The clock of the machine, for production. */
export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still at one instant. Refuses an invalid date with RangeError. */
export const fixedClock = (at: Date | string): Clock => new TestClock(at)

/** A clock that moves only when a test says so; each `now()` is a fresh Date, so that no caller can shift another's time. */
export class TestClock implements Clock {
  private ms: number

  constructor(start: Date | string) {
    this.ms = instantMs(start)
  }

  now(): Date {
    return new Date(this.ms)
  }

  /** Moves forward (or back, when negative) by milliseconds. */
  advanceMs(ms: number): void {
    this.ms += ms
  }

  /** Jumps to an instant. */
  set(at: Date | string): void {
    this.ms = instantMs(at)
  }
}

const instantMs = (at: Date | string): number => {
  const ms = new Date(at).getTime()
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${String(at)}`)
  return ms
}
