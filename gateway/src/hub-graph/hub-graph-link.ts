import { HubError } from '@commonhall/shared/errors'

import { byteTextOf, textOfBytes } from '../transport/byte-text.js'
import type { PartyLink } from '../transport/party-link.js'
import { HUB_GRAPH_NAME, type HubGraph } from './hub-graph.js'

/** The hub's own graph as a party like any other: it is always up, and it has no events. */
export const createHubGraphLink = (graph: HubGraph): PartyLink => ({
  party: HUB_GRAPH_NAME,
  async call({ query, variables }) {
    return byteTextOf(JSON.stringify(graph.execute({ query, variables: JSON.parse(textOfBytes(variables)) as Record<string, unknown> })))
  },
  subscribe: () => {
    throw new HubError('INTERNAL', { detail: 'the hub graph has no events' })
  },
  noteUnusable: () => {},
  isUp: () => true,
  close: async () => {},
})
