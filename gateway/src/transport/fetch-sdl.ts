import { randomUUID } from 'node:crypto'

import { HubError } from '@commonhall/shared/errors'

import type { Transport } from './transport.js'

const SDL_QUERY = '{_service{sdl}}'

/** The SDL of a party, asked with an assertion of scope `sdl` on nobody's behalf. Rejects when the party cannot give it. */
export const fetchSdl = async (transport: Transport): Promise<string> => {
  const answer = await transport.call(
    { query: SDL_QUERY },
    { sub: null, roles: ['anonymous'], actingFor: null, client: 'hub', purpose: null, language: 'en', traceId: randomUUID(), scope: 'sdl' },
  )
  const sdl = (answer.data?.['_service'] as { sdl?: unknown } | null | undefined)?.sdl
  if (typeof sdl !== 'string' || sdl.length === 0) throw new HubError('PARTY_UNAVAILABLE', { detail: `${transport.party} gave no SDL` })
  return sdl
}
