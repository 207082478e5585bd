import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { buildClientSchema, getIntrospectionQuery, Kind, parse, type IntrospectionQuery } from 'graphql'

import { expectDone, expectNoErrors, type TestPersona } from '@commonhall/harness'

import { startStreetHub } from '../../stories/street-hub.js'
import { ACTS, DASHBOARD, WHOLE_LIFE, type ActName } from '../../stories/suggestion-life/documents.js'
import { canariesIn, plantCanaries } from './canaries.js'
import { readingPaths, type ReadingPath } from './reading-paths.js'

type Stand = Awaited<ReturnType<typeof startStreetHub>>

/** What the schema says of persons beside the fields that it marks: who is behind a record. */
const OF_PERSONS = ['Suggestion.author', 'Suggestion.assent']
const DAY_MS = 86_400_000

describe('personal values, each of them recognisable', () => {
  let stand: Stand
  let paths: ReadingPath[]
  let ids: Readonly<Record<string, string>>

  /** Coordinates that carry @personal in the supergraph. */
  const personalFields = (sdl: string): Set<string> => {
    const found = new Set(OF_PERSONS)
    for (const definition of parse(sdl).definitions)
      if (definition.kind === Kind.OBJECT_TYPE_DEFINITION)
        for (const field of definition.fields ?? [])
          if (field.directives?.some(({ name }) => name.value === 'personal')) found.add(`${definition.name.value}.${field.name.value}`)
    return found
  }
  const text = async (persona: TestPersona | null, query: string, variables?: Record<string, unknown>, purpose?: string): Promise<string> =>
    JSON.stringify(await stand.hub.as(persona, { purpose }).run(query, variables))

  beforeAll(async () => {
    stand = await startStreetHub()
    await plantCanaries(stand.hub)
    const [row] = await stand.hub.sql<{ id: string; number: string; author: string; cell: string }>(
      'residents',
      `select id, number, author_id as author, cell_id as cell from suggestions s where not public_text_cleared and not anonymous and author_id is not null
         and community_id = $1 and cell_id is not null and exists (select 1 from outcomes o where o.suggestion_id = s.id) order by id desc limit 1`,
      [stand.street.communities[0]?.id],
    )
    const { personas } = stand.street
    ids = {
      suggestion: row?.id ?? '',
      resident: row?.author ?? '',
      cell: row?.cell ?? '',
      community: stand.street.communities[0]?.id ?? '',
      committee: personas.cadre.id,
      department: personas.officer.id,
      nonprofit: personas.worker.id,
      node: row?.id ?? '',
      triageDesk: personas.cadre.id,
      inbox: personas.officer.id,
      referrals: personas.worker.id,
    }
    const { data } = await stand.hub.as(null).run(getIntrospectionQuery())
    const personal = personalFields(stand.hub.supergraphSdl)
    paths = readingPaths(
      buildClientSchema(data as IntrospectionQuery),
      (coordinate) => personal.has(coordinate),
      (field, argument, type) => {
        if (argument === 'first') return '20'
        if (type === 'PeriodInput') return '{ from: "2025-03-01", to: "2026-02-28" }'
        if (argument === 'text') return '"CANARY"'
        if (argument === 'ids') return JSON.stringify([ids['suggestion'], ids['resident']])
        if (type === 'ID' && ids[field] !== undefined && !(field === 'suggestions' && argument === 'community'))
          return JSON.stringify(ids[field])
        return null
      },
    )
  }, 120_000)
  afterAll(() => stand.hub.stop())

  it('were planted, are reached by many ways, and seen by those whom they concern', async () => {
    expect(paths.length).toBeGreaterThan(100)
    const query = `query ($id: ID!) { suggestion(id: $id) { text address author { name contact } } }`
    const handler = await text(stand.cast.cadre, query, { id: ids['suggestion'] }, 'CASE_HANDLING')
    expect(
      canariesIn(handler)
        .map((canary) => canary.split(' ')[0])
        .sort(),
    ).toEqual(['ADDRESS', 'CONTACT', 'NAME', 'TEXT'])
  })

  it.each([
    ['nobody in particular', null, undefined],
    ['nobody who declares a purpose', null, 'CASE_HANDLING'],
    ['a neighbour', 'neighbour', undefined],
    ['a neighbour who declares a purpose', 'neighbour', 'CASE_HANDLING'],
    ['a resident of another community', 'residentOfOther', undefined],
    ['a cadre without a purpose', 'cadre', undefined],
    ['a cadre of another community', 'cadreOfOther', 'CASE_HANDLING'],
    ['an officer without a purpose', 'officer', undefined],
    ['a worker without a purpose', 'worker', undefined],
    ['an auditor', 'auditor', 'OVERSIGHT'],
  ] as const)(
    'reach %s by no way',
    async (_, name, purpose) => {
      const persona = name === null ? null : stand.cast[name]
      // What is one's own is no breach: a person's values, and those of the community for whose committee one declares a purpose.
      const me =
        name === 'neighbour' || name === 'residentOfOther' ? [(await stand.hub.as(persona).run('{ me { id } }')).data.me.id as string] : []
      const own =
        name === 'cadreOfOther'
          ? stand.street.communities.filter(({ committee }) => committee.id === stand.street.personas.cadreOfOther.id).map(({ id }) => id)
          : me
      const breaches: string[] = []
      for (const path of paths)
        breaches.push(...canariesIn(await text(persona, path.query, {}, purpose), own).map((canary) => `${path.name}: ${canary}`))
      expect(breaches).toEqual([])
    },
    120_000,
  )

  it('stand in no list, timeline, dashboard or error, for nobody in particular', async () => {
    const everything = [
      await text(null, WHOLE_LIFE, { id: ids['suggestion'] }),
      await text(null, DASHBOARD, { id: ids['community'], period: { from: '2025-03-01', to: '2026-02-28' } }),
      await text(
        null,
        `{ suggestions(first: 100) { nodes { id number text place address author { id name } enteredBy { id } assent { witness } outcome { comment } reopenings { reason } answers { text } timeline { note party { name } } } } }`,
      ),
      await text(null, `{ suggestions(first: 100, filter: { search: "CANARY" }) { nodes { id text } } }`),
      await text(null, `{ similarSuggestions(first: 20, text: "CANARY.TEXT CANARY.NAME") { id text place address author { name } } }`),
      await text(
        null,
        `query ($id: ID!) { node(id: $id) { id ... on Suggestion { text address author { name } } ... on Resident { name contact } } }`,
        { id: ids['resident'] },
      ),
      await text(null, `query ($id: ID!) { resident(id: $id) { name contact } }`, { id: ids['resident'] }),
    ]
    expect(canariesIn(everything.join('\n'))).toEqual([])
  })

  it('let no search find a text that its author did not clear', async () => {
    const { data } = await stand.hub
      .as(null)
      .run(
        `{ suggestions(first: 20, filter: { search: "CANARY" }) { nodes { id } } similarSuggestions(first: 20, text: "CANARY.TEXT.nobody") { id text } }`,
      )
    expect(data.suggestions.nodes).toEqual([])
    for (const found of data.similarSuggestions) expect(found.text).not.toContain('CANARY')
  })

  it('show the public a place to four decimals, and an anonymous author to nobody at all', async () => {
    const input = { kind: 'COMPLAINT', text: '井盖松动', community: ids['community'], channel: 'APP', shareText: true }
    const run = async (persona: TestPersona | null, id: unknown, purpose?: string) =>
      (await stand.hub.as(persona, { purpose }).run('query ($id: ID!) { suggestion(id: $id) { place author { id } anonymous } }', { id }))
        .data.suggestion
    const anonymous = expectDone(
      await stand.hub.as(stand.cast.resident).run(ACTS.submitSuggestion, { input: { ...input, anonymous: true } }),
    )
    await stand.hub.settle()
    for (const [persona, purpose] of [
      [null],
      [stand.cast.neighbour],
      [stand.cast.cadre, 'CASE_HANDLING'],
      [stand.cast.auditor, 'OVERSIGHT'],
    ] as const)
      expect(await run(persona, anonymous['id'], purpose)).toMatchObject({ anonymous: true, author: null })
    const logged = JSON.stringify(await stand.hub.events())
    const resident = (await stand.hub.as(stand.cast.resident).run('{ me { id } }')).data.me.id as string
    expect(logged).toContain(String(anonymous['id']))
    expect(logged).not.toContain(resident)
    const [cleared] = await stand.hub.sql<{ id: string }>(
      'residents',
      'select id from suggestions where public_text_cleared and longitude is not null order by id desc limit 1',
    )
    expect(await run(null, cleared?.id)).toMatchObject({ place: { type: 'Point', coordinates: [106.4568, 29.5679] }, author: null })
  })

  it.each([
    [0, { value: 0, suppressed: false }],
    [1, { value: null, suppressed: true }],
    [4, { value: null, suppressed: true }],
    [5, { value: 5, suppressed: false }],
  ])('are not counted so that one could be found: %d residents', async (count, shown) => {
    await stand.hub.sql('residents', 'update communities set resident_count = $2 where id = $1', [stand.street.communities[1]?.id, count])
    const answer = await stand.hub
      .as(null)
      .run('query ($id: ID!) { community(id: $id) { residentCount { value suppressed } } }', { id: stand.street.communities[1]?.id })
    expectNoErrors(answer)
    expect(answer.data.community.residentCount).toEqual(shown)
  })

  it('are not told by satisfaction while fewer than five have spoken', async () => {
    const done = async (persona: TestPersona, name: ActName, input: Record<string, unknown>) => {
      const record = expectDone(await stand.hub.as(persona).run(ACTS[name], { input }))
      await stand.hub.settle()
      stand.hub.clock.advanceMs(1_000)
      return record
    }
    stand.hub.clock.advanceMs(10 * DAY_MS)
    await stand.hub.settle()
    const day = stand.hub.clock.now().toISOString().slice(0, 10)
    const seen: unknown[] = []
    for (let spoken = 1; spoken <= 5; spoken++) {
      const { id } = await done(stand.cast.resident, 'submitSuggestion', {
        kind: 'COMPLAINT',
        text: `满意度 ${spoken}`,
        community: ids['community'],
        channel: 'APP',
      })
      await done(stand.cast.cadre, 'triageSuggestion', { suggestion: id, route: 'GOVERNMENT', to: [ids['department']] })
      const handling = await done(stand.cast.officer, 'acceptCase', { suggestion: id, promise: { days: 2, clock: 'WORKING' } })
      await done(stand.cast.officer, 'resolveCase', { handling: handling['id'], resolution: '已修复' })
      await done(stand.cast.resident, 'rateOutcome', { suggestion: id, resolved: true, score: 5 })
      const { data } = await stand.hub
        .as(null)
        .run(
          `query ($id: ID!, $period: PeriodInput!) { community(id: $id) { satisfaction(period: $period) { asked answered resolved { value numerator suppressed } } } }`,
          { id: ids['community'], period: { from: day, to: day } },
        )
      seen.push(data.community.satisfaction)
    }
    const hidden = { asked: null, answered: null, resolved: { value: null, numerator: null, suppressed: true } }
    expect(seen).toEqual([
      hidden,
      hidden,
      hidden,
      hidden,
      { asked: 5, answered: 5, resolved: { value: 1, numerator: 5, suppressed: false } },
    ])
  })
})
