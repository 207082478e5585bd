import { randomUUID } from 'node:crypto'

import { HubError } from '@commonhall/shared/errors'

import { byteTextOf, textOfBytes } from './byte-text.js'
import type { PartyLink } from './party-link.js'
import { CALL_DEADLINE_MS } from './party-link.js'

const SDL_QUERY = '{_service{sdl}}'

interface SdlAnswer {
  readonly data?: { readonly _service?: { readonly sdl?: unknown } | null } | null
}

const read = (text: string): SdlAnswer | null => {
  try {
    return JSON.parse(text) as SdlAnswer | null
  } catch {
    return null
  }
}

/** The SDL of a party, asked with an assertion of scope `sdl` on nobody's behalf. Rejects when the party cannot give it. */
export const fetchSdl = async (link: PartyLink): Promise<string> => {
  const { party } = link
  const text = await link.call(
    {
      party,
      query: SDL_QUERY,
      bodyPrefix: byteTextOf(`{"query":${JSON.stringify(SDL_QUERY)},"variables":`),
      variables: '{}',
      isMutation: false,
    },
    {
      identity: {
        sub: null,
        roles: ['anonymous'],
        actingFor: null,
        client: 'hub',
        purpose: null,
        language: 'en',
        traceId: randomUUID(),
        scope: 'sdl',
      },
      deadlineAtMs: performance.now() + CALL_DEADLINE_MS,
    },
  )
  const sdl = read(textOfBytes(text))?.data?._service?.sdl
  if (typeof sdl !== 'string' || sdl.length === 0) throw new HubError('PARTY_UNAVAILABLE', { detail: `${party} gave no SDL` })
  return sdl
}
