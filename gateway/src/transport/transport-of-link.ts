import type { SubgraphAnswer } from '@commonhall/shared/port'

import { byteTextOf, textOfBytes } from './byte-text.js'
import type { PartyLink } from './party-link.js'
import type { Transport } from './transport.js'

const OPERATION_MS = 10_000

/** A link as the engine of parsed answers wants it. Goes when the engine reads bytes. */
export const transportOfLink = (link: PartyLink): Transport => ({
  party: link.party,
  async call({ query, variables }, identity) {
    const text = await link.call(
      {
        party: link.party,
        query,
        bodyPrefix: byteTextOf(`{"query":${JSON.stringify(query)},"variables":`),
        variables: byteTextOf(JSON.stringify(variables ?? {})),
        isMutation: query.startsWith('mutation'),
      },
      { identity, deadlineAtMs: performance.now() + OPERATION_MS },
    )
    return JSON.parse(textOfBytes(text)) as SubgraphAnswer
  },
  isUp: () => link.isUp(),
  close: () => link.close(),
})
