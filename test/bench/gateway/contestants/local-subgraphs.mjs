import { serveSchema } from '@commonhall/shared/subgraph'
import { createLog } from '@commonhall/shared/telemetry'

import { partySchema } from '../world/executable.mjs'
import { createWorld } from '../world/rows.mjs'
import { PARTIES } from '../world/schemas.mjs'

/** The four parties in this process, with the monolith's rows and resolvers, executed as the product executes its own parties. */
export const localSubgraphs = () => {
  const world = createWorld()
  const log = createLog({ name: 'party', level: 'info' })
  return PARTIES.map(({ name, sdl }) =>
    serveSchema({ name, sdl, log, schema: partySchema(sdl, world), clock: { now: () => new Date() }, createContext: () => ({}) }),
  )
}
