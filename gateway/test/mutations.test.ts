import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import { gatewayAnswer, monolithAnswer, startFixture } from './fixture-gateway.js'

describe('mutations', () => {
  let fixture: Awaited<ReturnType<typeof startFixture>>
  beforeEach(async () => {
    fixture = await startFixture()
  })
  afterEach(() => fixture.gateway.stop())

  it('run one after the other, each with the fields of other parties before the next begins', async () => {
    const answer = await gatewayAnswer(
      fixture.gateway,
      'mutation { first(n: 2) { name score } second { title rating } third a: first(n: 3) { score } }',
    )
    expect(answer).toEqual({
      data: { first: { name: 'Person 2', score: 20 }, second: { title: 'Book 2', rating: '2/5' }, third: 3, a: { score: 30 } },
      errorPaths: [],
    })
    expect(fixture.world.acts).toEqual(['first', 'score 2', 'second', 'third', 'first', 'score 3'])
  })

  it('are not repeated when a fragment or a second selection names the same field', async () => {
    await gatewayAnswer(fixture.gateway, 'mutation { first { id } ...F } fragment F on Mutation { first { name } third }')
    expect(fixture.world.acts).toEqual(['first', 'third'])
  })

  it('end at the first field that may not be null and is', async () => {
    const query = 'mutation { first { id } fatal third }'
    const answer = await gatewayAnswer(fixture.gateway, query)
    expect(answer.data).toBeNull()
    expect(answer.errorPaths).toEqual(['fatal'])
    expect(fixture.world.acts).toEqual(['first', 'fatal'])
    expect((await monolithAnswer(fixture.monolith, fixture.world, query)).data).toBeNull()
  })

  it('are skipped by @skip and @include before anything is called', async () => {
    await gatewayAnswer(fixture.gateway, 'mutation Q($no: Boolean!) { first @include(if: $no) { id } third }', { no: false })
    expect(fixture.world.acts).toEqual(['third'])
  })

  it('need no party for the type name alone', async () => {
    expect((await gatewayAnswer(fixture.gateway, 'mutation { __typename }')).data).toEqual({ __typename: 'Mutation' })
    expect(fixture.residents.calls).toHaveLength(0)
  })
})
