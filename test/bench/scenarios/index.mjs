import { dashboardOfAll, dashboardOfOne } from './dashboard.mjs'
import { wholeLife } from './life-read.mjs'
import { lifeAsActs } from './life-acts.mjs'
import { deskFirst, deskHistoryFirst, deskHistoryTwoHundredth, listFirst, listTwoHundredth } from './pages.mjs'

/**
 * What is measured, in this order; acts last, since they change the data.
 *
 * A scenario: `key`, `title`, `goal` ("page", "indicator" or null), `share` of the iterations, `prepare(bench)` → state (with a `note`
 * for the table), `run(bench, state, index, phase)` → milliseconds by part, "total" among them; it may name the part it is in, for the count.
 */
export const scenarios = [
  dashboardOfOne,
  dashboardOfAll,
  deskFirst,
  deskHistoryFirst,
  deskHistoryTwoHundredth,
  listFirst,
  listTwoHundredth,
  wholeLife,
  lifeAsActs,
]
