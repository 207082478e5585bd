import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { createGateway, type Gateway } from '../../src/gateway.js'
import { BREAKER_SETTINGS } from '../../src/transport/breaker.js'
import { startFixture, TEST_KEY } from '../fixture-gateway.js'
import { startWireServer, type WireServer } from '../fixture-wire-server.js'
import { ANSWER_MISDEEDS } from './misdeeds-of-answers.js'
import { httpMisdeeds } from './misdeeds-of-http.js'
import { SECRET, startRogueParty, type Misdeed, type RogueParty } from './rogue-party.js'

/** Root fields and entities of two honest parties, and of committees (`count`, `score`, `stats`), which is the rogue. */
const QUERY = '{ count(filter: { min: 3 }) people { id name score stats { likes dislikes } permits { code } } permits { code } }'

interface Person {
  readonly id: string
  readonly name: string | null
  readonly score: number | null
  readonly stats: { readonly likes: number | null; readonly dislikes: number | null } | null
  readonly permits: unknown
}
interface Answer {
  readonly data: { readonly count: number | null; readonly people: readonly Person[]; readonly permits: unknown } | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly unknown[]
    readonly extensions: Record<string, unknown>
  }[]
}

/** What the honest parties own of an answer. */
const ofOthers = (answer: Answer) => ({
  people: answer.data?.people.map(({ id, name, permits }) => ({ id, name, permits })),
  permits: answer.data?.permits,
})
/** What the rogue owns of an answer. */
const ofRogue = (answer: Answer) => ({
  count: answer.data?.count,
  people: answer.data?.people.map(({ score, stats }) => ({ score, stats })),
})

const NOTHING_OF_ROGUE = { count: null, people: Array.from({ length: 6 }, () => ({ score: null, stats: null })) }

describe('a hostile subgraph', () => {
  const parties: RogueParty[] = []
  let rogue: RogueParty
  let trap: WireServer
  let gateway: Gateway
  let honest: Answer

  beforeAll(async () => {
    const fixture = await startFixture()
    await fixture.gateway.stop()
    const { residents, committees, government } = fixture
    for (const subgraph of [residents, committees, government]) parties.push(await startRogueParty(subgraph))
    rogue = parties[1] as RogueParty
    trap = await startWireServer((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"count":666}}'),
    )
    gateway = await createGateway({
      subgraphs: [
        { kind: 'http', name: 'residents', url: parties[0]?.url ?? '' },
        { kind: 'http', name: 'committees', url: rogue.url, settings: { callDeadlineMs: 250 } },
        { kind: 'http', name: 'government', url: parties[2]?.url ?? '' },
      ],
      signingKey: TEST_KEY,
      pairwiseKeys: {},
      issuers: [],
      port: 0,
      // A rogue in every second call would be left alone after the tenth; here each misdeed is to be met.
      resilience: { breaker: { ...BREAKER_SETTINGS, failureShare: 2 } },
    })
    honest = (await ask()).answer
    expect(honest.errors).toBeUndefined()
  })
  afterAll(async () => {
    await Promise.all(parties.map((party) => party.close()))
    await Promise.all([gateway.stop(), trap.close()])
  })

  const ask = async (): Promise<{ answer: Answer; text: string; headers: string }> => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY }),
    })
    const text = await response.text()
    return { answer: JSON.parse(text) as Answer, text, headers: JSON.stringify([...response.headers]) }
  }

  /** Asks while the rogue misbehaves and checks what must hold for every misdeed; then asks again. */
  const suffer = async (misdeed: Misdeed): Promise<Answer> => {
    rogue.misdeed = misdeed
    const { answer, text, headers } = await ask().finally(() => {
      rogue.misdeed = null
    })
    expect(ofOthers(answer)).toEqual(ofOthers(honest))
    expect(text + headers).not.toContain(SECRET)
    expect(text.length).toBeLessThan(60_000)
    expect(headers).not.toMatch(/set-cookie|max-age|x-injected/)
    for (const error of answer.errors ?? []) {
      expect(error.extensions).toMatchObject({
        code: expect.stringMatching(/^[A-Z][A-Z_]*$/),
        traceId: expect.stringMatching(/^[\w-]{8,64}$/),
      })
      expect(error.extensions['party'] ?? 'committees').toBe('committees')
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    // A null of the rogue's is explained by an error; what is there is of the type that the schema says.
    const own = ofRogue(answer)
    const values = [own.count, ...(own.people ?? []).flatMap(({ score, stats }) => [score, stats?.likes ?? null, stats?.dislikes ?? null])]
    for (const value of values) expect(value === null || Number.isInteger(value)).toBe(true)
    if (values.includes(null) && !isUnknownRecord(own)) expect(answer.errors?.length).toBeGreaterThan(0)
    // The next request finds everything as it was.
    const next = (await ask()).answer
    expect({ data: next.data, errors: next.errors }).toEqual({ data: honest.data, errors: undefined })
    return answer
  }
  /** A party may say of any record that it has none; that is no failure. */
  const isUnknownRecord = (own: ReturnType<typeof ofRogue>): boolean => own.count !== null

  it.each(httpMisdeeds(() => trap.url))('that %s hurts only its own fields', async (_, misdeed) => {
    const answer = await suffer(misdeed)
    expect(ofRogue(answer)).toEqual(NOTHING_OF_ROGUE)
    for (const { extensions } of answer.errors ?? [])
      expect(extensions).toMatchObject({ code: expect.stringMatching(/^(PARTY_UNAVAILABLE|DEADLINE_EXCEEDED)$/), party: 'committees' })
    expect(trap.received).toEqual([])
  })

  it.each(ANSWER_MISDEEDS)('that %s hurts only its own fields', async (_, misdeed) => {
    await suffer(misdeed)
  })

  it('that sends without end again and again does not fill the memory', async () => {
    const flood = httpMisdeeds(() => trap.url).filter(([name]) => /never ends its (body|chunks)|one byte more|bomb/.test(name))
    expect(flood).toHaveLength(5)
    const before = heldBytes()
    for (let round = 0; round < 6; round++) for (const [, misdeed] of flood) await suffer(misdeed)
    // 60 answers of 8 MiB and more were begun; what is left of them may not be a tenth of that.
    expect(heldBytes() - before).toBeLessThan(48 * 1024 * 1024)
  })
})

/** Bytes that the process still holds once the collector has had its chances. */
const heldBytes = (): number => {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
