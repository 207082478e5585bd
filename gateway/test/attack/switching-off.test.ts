import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import { CADRE, startFixture } from '../fixture-gateway.js'

type Fixture = Awaited<ReturnType<typeof startFixture>>

describe('a client that provokes errors', () => {
  let fixture: Fixture
  beforeEach(async () => {
    fixture = await startFixture()
  })
  afterEach(() => fixture.gateway.stop())

  /** Ten answers without data, as one caller may provoke them; then what another one is told. */
  const afterTen = async (answer: object) => {
    const { gateway, residents } = fixture
    residents.interfere = () => answer as never
    for (let times = 0; times < 10; times++) await gateway.execute({ query: '{ people { id } }' }, CADRE)
    residents.interfere = null
    return (await gateway.execute({ query: '{ me { id } }' }, CADRE)).data
  }
  const WELL = { me: { id: 'p1' } }

  it.each(['NOT_FOUND', 'FORBIDDEN', 'BAD_REQUEST', 'BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'UNAUTHENTICATED'])(
    'such as %s switches no party off for others',
    async (code) => expect(await afterTen({ data: null, errors: [{ message: 'no', extensions: { code } }] })).toEqual(WELL),
  )

  it('that refuse the request before anything runs switches no party off for others', async () =>
    expect(await afterTen({ errors: [{ message: 'Expected value of type "Date"' }] })).toEqual(WELL))

  it.each(['INTERNAL', 'INTERNAL_SERVER_ERROR', 'OVERLOADED'])(
    'cannot be told from a party that fails with %s, which is left alone',
    async (code) => expect(await afterTen({ data: null, errors: [{ message: 'oh', extensions: { code } }] })).toEqual({ me: null }),
  )
})
