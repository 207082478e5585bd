import type { EventHandlers, JournalContext } from '@commonhall/shared/journal'
import { foldDayTotals } from '@commonhall/shared/persistence'
import type { PartyProcess } from '@commonhall/shared/subgraph'

import { tellOverdueTriage } from './capabilities/desk/desk-watch.service.js'
import { directoryHandlers } from './capabilities/directory/directory.service.js'
import { GRID_TOTALS } from './capabilities/grid-indicator/index.js'
import { tellOwnPromises } from './capabilities/handlings/promise-watch.service.js'
import { suggestionHandlers } from './capabilities/triage/suggestion-events.service.js'

/** What the committees do on the events of the other parties. */
export const HANDLERS: EventHandlers = { ...directoryHandlers, ...suggestionHandlers }

/** What the passing of time does for the committees; returns how many things it told. The journal names the clock as the actor. */
export const look = async ({ database, clock }: PartyProcess): Promise<number> => {
  const journal: JournalContext = { actor: { subject: null, roles: [], client: 'clock' }, traceId: 'clock', clock }
  return (
    (await tellOverdueTriage(database, journal)) +
    (await tellOwnPromises(database, journal)) +
    (await foldDayTotals(database.read, GRID_TOTALS))
  )
}
