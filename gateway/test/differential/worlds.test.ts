import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parse, validate } from 'graphql'

import { FIRST_SEED, firstDisagreement, RANDOM_OPERATIONS } from './agreement.js'
import { startWorld, type RunningWorld } from './federated.js'
import { WORLDS } from './worlds/index.js'

const SHARE = Math.ceil(RANDOM_OPERATIONS / (WORLDS.length + 1))
/** A guard against hanging; no measure. */
const LONGEST_MS = 120_000 + SHARE * 500

describe.each(WORLDS.map((world) => [world.name, world] as const))('the federated answer is that of one schema: %s', (_, world) => {
  let running: RunningWorld
  beforeAll(async () => {
    running = await startWorld(world)
  })
  afterAll(() => running?.stop())

  it.each(world.operations.map((operation) => [operation.title, operation] as const))(
    '%s',
    async (_title, { query, variables, expected, refusal }) => {
      expect(validate(running.monolith.schema, parse(query))).toEqual([])
      if (refusal !== undefined) return expect(running.federated(query, variables)).rejects.toMatchObject({ reason: refusal })
      const { data, errorPaths } = await running.federated(query, variables)
      return expect({ data, errorPaths }).toEqual(expected ?? (await running.monolith.answer(query, variables)))
    },
  )

  it(
    `${SHARE} random operations`,
    async () => {
      const { monolith, federated } = running
      const { compared, disagreement } = await firstDisagreement({ monolith, federated, ...world }, FIRST_SEED, SHARE)
      expect(disagreement).toBeNull()
      expect(compared).toBe(SHARE)
    },
    LONGEST_MS,
  )
})
