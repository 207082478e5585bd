import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import type { TestAnswer, TestPersona } from '@commonhall/harness'

import { startStreetHub } from '../../stories/street-hub.js'
import { ACTS, type ActName } from '../../stories/suggestion-life/documents.js'
import { EXPECTED, PEOPLE, type PersonName } from './expected.js'
import { SCENARIOS, type Stand } from './scenarios.js'

/** What came of an act: DONE, the code of the refusal, or the code of the error. */
const outcomeOf = (answer: TestAnswer): string => {
  const [error] = answer.errors
  if (error !== undefined) return String(error.extensions?.['code'])
  const [result] = Object.values(answer.data as Record<string, { __typename: string; code?: string }>)
  return result?.__typename === 'Refusal' ? String(result.code) : 'DONE'
}

describe('the permission matrix of a suggestion: every person, every act, own and other community', () => {
  let stand: Stand

  beforeAll(async () => {
    stand = await startStreetHub()
  }, 120_000)
  afterAll(() => stand.hub.stop())

  const personOf = (name: PersonName): TestPersona | null => (name === 'anonymous' ? null : stand.cast[name])

  it('has a row for every act and a cell for every person', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(Object.keys(ACTS).sort())
    for (const row of Object.values(EXPECTED)) expect(Object.keys(row).sort()).toEqual([...PEOPLE].sort())
  })

  it.each(Object.keys(ACTS) as ActName[])('%s: exactly these people may, and everybody else is told who', async (act) => {
    let input = await SCENARIOS[act](stand)
    const outcomes: Partial<Record<PersonName, string>> = {}
    for (const name of PEOPLE) {
      const outcome = outcomeOf(await stand.hub.as(personOf(name)).run(ACTS[act], { input }))
      outcomes[name] = outcome
      if (outcome !== 'DONE') continue
      // Whoever may act has changed the record: the next person gets a fresh one.
      await stand.hub.settle()
      stand.hub.clock.advanceMs(60_000)
      input = await SCENARIOS[act](stand)
    }
    expect(outcomes).toEqual(EXPECTED[act])
  })
})
