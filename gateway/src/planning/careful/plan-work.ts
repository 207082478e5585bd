import { PlanTooLarge } from './plan-impossible.js'

/**
 * Steps of one plan: looks at a selection for one type, at one graph that may answer a field, or at two fields that may clash. All
 * that planning does follows from them, so that they bound its time on the event loop: a thousand are half a millisecond or less.
 */
const MAX_STEPS = 60_000

/** Counts the work of one plan, and ends it when it is more than one document may cause. */
export class PlanWork {
  steps = 0

  /** Throws `PlanTooLarge`. */
  spend(steps: number): void {
    this.steps += steps
    if (this.steps > MAX_STEPS) throw new PlanTooLarge()
  }
}
