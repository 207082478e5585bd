import { createPartyExecutor } from '../world/executable.mjs'
import { createWorld } from '../world/rows.mjs'
import { PARTIES } from '../world/schemas.mjs'

/** The four parties in this process, with the monolith's rows and resolvers. */
export const localSubgraphs = async () => {
  const world = createWorld()
  return PARTIES.map(({ name, sdl }) => {
    const { execute } = createPartyExecutor(sdl, world)
    return { name, sdl, execute: async (request) => execute(request) }
  })
}
