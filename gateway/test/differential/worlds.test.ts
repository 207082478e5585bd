import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parse, validate } from 'graphql'

import { startWorld, type RunningWorld } from './federated.js'
import { WORLDS } from './worlds/index.js'

describe.each(WORLDS.map((world) => [world.name, world] as const))('%s', (_, world) => {
  let running: RunningWorld
  beforeAll(async () => {
    running = await startWorld(world)
  })
  afterAll(() => running?.stop())

  it.each(world.operations.map((operation) => [operation.title, operation] as const))(
    '%s',
    async (_title, { query, variables, expected }) => {
      expect(validate(running.monolith.schema, parse(query))).toEqual([])
      const { data, errorPaths, messages } = await running.federated(query, variables)
      expect({ data, errorPaths, messages: expected || messages.length === 0 ? undefined : messages }).toMatchObject(
        expected ?? (await running.monolith.answer(query, variables)),
      )
    },
  )
})
