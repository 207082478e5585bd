import { afterEach, describe, expect, it } from '@jest/globals'

import type { Gateway } from '../src/gateway.js'
import { CADRE, startFixture } from './fixture-gateway.js'

const refusedBy = (code: string) => ({
  data: null,
  errors: [{ message: 'no', path: ['me'], extensions: { code } }],
})

describe('answers without data', () => {
  let gateway: Gateway | undefined
  afterEach(() => gateway?.stop())

  const afterThirty = async (code: string): Promise<unknown> => {
    const fixture = await startFixture()
    gateway = fixture.gateway
    fixture.residents.interfere = () => Promise.resolve(refusedBy(code))
    for (let n = 0; n < 30; n++) await gateway.execute({ query: `{ me { id } } # ${n}` }, CADRE)
    fixture.residents.interfere = null
    return (await gateway.execute({ query: '{ me { id } }' }, CADRE)).data
  }

  it.each(['INVALID_INPUT', 'BAD_REQUEST', 'BAD_USER_INPUT', 'FORBIDDEN', 'A_CODE_NOBODY_KNOWS'])(
    'that blame the client (%s) take a party from nobody, however many they are',
    async (code) => {
      expect(await afterThirty(code)).toEqual({ me: { id: 'p1' } })
    },
  )

  it.each(['INTERNAL', 'STORAGE', 'INTERNAL_SERVER_ERROR'])('that blame the party (%s) open its breaker', async (code) => {
    expect(await afterThirty(code)).toEqual({ me: null })
  })
})
