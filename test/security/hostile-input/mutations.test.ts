import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql'

import { PARTY_NAMES } from '@commonhall/harness'

import { startStreetHub } from '../../stories/street-hub.js'
import { ACTS, type ActName } from '../../stories/suggestion-life/documents.js'
import { EXPECTED, PEOPLE } from '../permission-matrix/expected.js'
import { SCENARIOS } from '../permission-matrix/scenarios.js'
import { ask } from './hostile-caller.js'
import { mutantsOf, type Mutant } from './mutants.js'

type Stand = Awaited<ReturnType<typeof startStreetHub>>

describe('hostile input to every act of a suggestion, by the one who may perform it', () => {
  let stand: Stand
  let schema: GraphQLSchema

  beforeAll(async () => {
    stand = await startStreetHub()
    const { data } = await stand.hub.as(null).run(getIntrospectionQuery())
    schema = buildClientSchema(data as IntrospectionQuery)
  }, 120_000)
  afterAll(() => stand.hub.stop())

  const journalRows = async (): Promise<number> => {
    let count = 0
    for (const party of PARTY_NAMES) count += Number((await stand.hub.sql<{ n: string }>(party, 'select count(*) as n from journal'))[0]?.n)
    return count
  }
  const inputTypeOf = (act: ActName): GraphQLInputObjectType => {
    const type = schema.getMutationType()?.getFields()[act]?.args[0]?.type
    if (type === undefined) throw new Error(`the schema has no ${act}`)
    return getNamedType(type) as GraphQLInputObjectType
  }

  it.each(Object.keys(ACTS) as ActName[])('%s: a clear refusal for each wrong value, and nothing is written', async (act) => {
    const who = PEOPLE.find((name) => EXPECTED[act][name] === 'DONE')
    const persona = who === undefined || who === 'anonymous' ? null : stand.cast[who]
    const foreignId = stand.street.communities[1]?.id ?? ''
    const mutants = async (isStrange: boolean): Promise<Mutant[]> =>
      mutantsOf(inputTypeOf(act), await SCENARIOS[act](stand), foreignId).filter(({ mayBeDone }) => mayBeDone === isStrange)
    const faults: string[] = []
    const attempt = async ({ fault, input }: Mutant): Promise<string> => {
      const outcome = await ask(stand.hub, persona, ACTS[act], { input })
      faults.push(...outcome.faults.map((found) => `${fault} → ${found}`))
      return outcome.code
    }
    const wrong = await mutants(false)
    // Events of earlier acts may still make rows of their own.
    await stand.hub.settle()
    const before = await journalRows()
    for (const mutant of wrong) {
      const code = await attempt(mutant)
      if (code === 'DONE' || code === 'NOTHING') faults.push(`${mutant.fault} → ${code}`)
    }
    expect([faults, (await journalRows()) - before]).toEqual([[], 0])
    let strange = await mutants(true)
    for (const index of strange.keys()) {
      const mutant = strange[index]
      // What was done has changed the record: the next value meets a fresh one.
      if (mutant !== undefined && (await attempt(mutant)) === 'DONE') strange = await mutants(true)
    }
    expect(faults).toEqual([])
    expect(await ask(stand.hub, persona, ACTS[act], { input: await SCENARIOS[act](stand) })).toMatchObject({ code: 'DONE', faults: [] })
  })
})
