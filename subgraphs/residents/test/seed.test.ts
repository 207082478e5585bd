import { actors, startTestParty, type TestParty } from '@commonhall/harness'
import { sql } from '@commonhall/shared/persistence'
import { scanForbiddenData } from '@commonhall/shared/protection'
import { localDate, TestClock } from '@commonhall/shared/time'
import { createStreet, type Street, type SuggestionStory } from '@commonhall/street'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { ageBandOf } from '../src/capabilities/residents/index.js'
import { createResidentsSubgraph, migrateResidents, rebuildStages, seedResidents } from '../src/subgraph.js'

const anchor = new Date('2026-03-02T02:00:00Z')
const street = createStreet({ anchor, scale: 0.02 })
const stories = [...street.suggestions()]
const people = [...street.residents()]
const personaSubjects = { resident: 'pairwise-a', neighbour: 'pairwise-b', residentOfOther: 'pairwise-c', clerk: 'pairwise-d', nobody: 'x' }

const start = (): Promise<TestParty> =>
  startTestParty({
    ...{ name: 'residents', migrate: migrateResidents, now: anchor },
    create: (deps) => createResidentsSubgraph({ ...deps, followSecret: 'only-for-tests-0123456789' }),
  })
const countOf = async (party: TestParty, table: string): Promise<number> =>
  Number((await party.sql<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n)
const sum = (measure: (story: SuggestionStory) => number): number => stories.reduce((total, story) => total + measure(story), 0)

/** Tables whose row security the owner does not have to obey, though it is on. */
const UNFORCED = `select relname from pg_class where relkind = 'r' and relrowsecurity and not relforcerowsecurity`

describe('the seed of the residents', () => {
  let party: TestParty
  let counts: Record<string, number>

  beforeAll(async () => {
    party = await start()
    counts = await seedResidents({ ownerUrl: party.database.ownerUrl, street, personaSubjects })
  })
  afterAll(() => party.stop())

  it('leaves totals that equal the suggestions and outcomes they count', async () => {
    expect(await countOf(party, 'suggestion_totals')).toBeGreaterThan(100)
    expect(await countOf(party, 'suggestion_faults')).toBe(0)
    expect(await countOf(party, 'suggestion_deltas')).toBe(0)
  })

  const expected: readonly (readonly [string, number])[] = [
    ['communities', street.communities.length],
    ['known_parties', street.communities.length + street.departments.length + street.nonprofits.length],
    ['cells', street.cells.length],
    ['known_function_items', street.functionItems.length],
    ['residents', people.length],
    ['suggestions', stories.length],
    ['suggestion_facts', stories.length],
    ['supports', sum(({ supporters }) => supporters.length)],
    ['outcomes', sum(({ outcome }) => (outcome === null ? 0 : 1))],
    ['reopenings', sum(({ reopenings }) => reopenings.length)],
    ['case_questions', sum(({ caseHandlings }) => caseHandlings.reduce((n, { questions }) => n + questions.length, 0))],
    ['case_answers', sum(({ answers }) => answers.length)],
    ['merges', sum(({ triages }) => triages.filter(({ route }) => route === 'DUPLICATE').length)],
    ['manifests', 1],
    ['journal', 1],
    ['journal_unpublished', 0],
    ['imports', 0],
  ]
  it.each(expected)('fills %s with the rows of the street: %i', async (table, rows) => {
    expect(await countOf(party, table)).toBe(rows)
    expect(counts[table] ?? 0).toBe(rows)
  })

  it('gives every suggestion the stage, the merge and the withdrawal that the street tells', async () => {
    const rows = await party.sql<{ id: string; stage: string; mergedInto: string | null; withdrawnAt: Date | null }>(
      `select id, stage, merged_into as "mergedInto", withdrawn_at as "withdrawnAt" from suggestions order by id`,
    )
    const told = stories.map(({ id, stage, mergedInto, withdrawnAt }) => ({ id, stage, mergedInto, withdrawnAt }))
    expect(rows).toEqual(told.sort((a, b) => (a.id < b.id ? -1 : 1)))
    expect(new Set(rows.map(({ stage }) => stage)).size).toBeGreaterThan(10)
  })

  it('is what the acts and events themselves would have built: deriving everything anew changes nothing', async () => {
    const snapshot = (): Promise<object[]> => party.sql('select * from suggestions order by id')
    const before = await snapshot()
    expect(await rebuildStages({ database: party.party.database, clock: new TestClock(anchor) })).toBe(stories.length)
    expect(await snapshot()).toEqual(before)
    expect(await countOf(party, 'journal')).toBe(1)
  })

  it('tells every timeline from the submission to the stage of today, in the order of time', async () => {
    const rows = await party.sql<{ id: string; stage: string; timeline: [number, string, string | null, string, string][] }>(
      `select s.id, s.stage, f.timeline from suggestions s join suggestion_facts f on f.suggestion_id = s.id`,
    )
    for (const { timeline, stage } of rows) {
      const times = timeline.map(([at]) => at)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(timeline[0]?.slice(1)).toEqual(['RESIDENT', null, 'resident.suggestion.submitted', 'SUBMITTED'])
      expect(timeline.at(-1)?.[4]).toBe(stage)
      expect(times.at(-1)).toBeLessThanOrEqual(anchor.getTime())
      for (const [, kind, partyId] of timeline) expect(partyId === null).toBe(kind === 'RESIDENT')
    }
    expect(rows.reduce((n, { timeline }) => n + timeline.length, 0)).toBeGreaterThan(stories.length * 3)
  })

  it('keeps for every open matter the earliest limit, and for none that is closed', async () => {
    const wrong = `select id from suggestions where stage in ('EXPLAINED','RESOLVED','SATISFIED','MERGED','WITHDRAWN') and limit_at is not null
      or stage in ('PROMISED','IN_PROGRESS','WAITING_FOR_RESIDENT') and limit_at is null
      or (stage = 'WAITING_FOR_RESIDENT') <> (stage_until is not null) or stage in ('RESOLVED','SATISFIED') and resolved_at is null`
    expect(await party.sql(wrong)).toEqual([])
    const limits = await party.sql<{ id: string; limitAt: Date }>(
      `select id, limit_at as "limitAt" from suggestions where stage = 'PROMISED'`,
    )
    const promised = stories.filter(({ stage, triages }) => stage === 'PROMISED' && triages.length === 1)
    expect(promised.length).toBeGreaterThan(0)
    for (const { id, caseHandlings, engagements, committeeHandlings } of promised) {
      const due = [...caseHandlings, ...engagements, ...committeeHandlings].map(({ promise }) => promise?.dueAt.getTime() ?? Infinity)
      expect(limits.find((row) => row.id === id)?.limitAt.getTime()).toBe(Math.min(...due))
    }
  })

  it('leaves no row without what it belongs to', async () => {
    const orphans = `
      select 'author' as of, id from suggestions where author_id is not null and author_id not in (select id from residents)
      union all select 'supporter', suggestion_id from supports where resident_id not in (select id from residents)
      union all select 'own support', s.id from suggestions s join supports u on u.suggestion_id = s.id and u.resident_id = s.author_id
      union all select 'count of supports', id from suggestions s
        where supporters <> (select count(*) from supports u where u.suggestion_id = s.id)
      union all select 'community', id from suggestions where community_id not in (select id from communities)
      union all select 'cell', s.id from suggestions s left join cells c on c.id = s.cell_id where c.community_id is distinct from s.community_id
      union all select 'item', id from suggestions where proposed_item not in (select id from known_function_items)
      union all select 'entered by', id from suggestions where entered_by is not null and entered_by not in (select id from known_parties)
      union all select 'target', id from suggestions where merged_into is not null and merged_into not in (select id from suggestions)
      union all select 'merge', triage_id from merges m left join suggestions s on s.id = m.suggestion_id
        where (m.state = 'MERGED') is distinct from (s.merged_into = m.into_id)
      union all select 'moved support', suggestion_id from supports where moved_from is not null and moved_from not in (select id from suggestions)
      union all select 'question', id from case_questions where suggestion_id not in (select id from suggestions)
      union all select 'answered question', id from case_answers where question_id not in (select id from case_questions)
      union all select 'party', suggestion_id from suggestion_facts cross join unnest(parties) as p(id) where p.id not in (select id from known_parties)
      union all select 'home', id from residents where community_id not in (select id from communities) or cell_id not in (select id from cells)
      union all select 'residents', id from communities c where resident_count <> (select count(*) from residents r where r.community_id = c.id)`
    expect(await party.sql(orphans)).toEqual([])
  })

  it('names nobody where the author stayed anonymous', async () => {
    const rows = await party.sql(
      `select s.id from suggestions s left join outcomes o on o.suggestion_id = s.id
       where (s.anonymous and (s.author_id is not null or s.owner_party_id <> s.id or s.age_band_then is not null or o.age_band_then is not null))
         or (not s.anonymous and (s.owner_party_id <> s.author_id or s.age_band_then is null))
         or o.owner_party_id <> s.owner_party_id or (o.suggestion_id is not null and not s.anonymous and o.age_band_then is null)`,
    )
    expect(rows).toEqual([])
    const anonymous = stories.filter(({ author }) => author === null).length
    expect(await countOf(party, 'suggestions where anonymous')).toBe(anonymous)
  })

  it('keeps with every act the age band of its year, and in the profile that of the last act', async () => {
    const acts = await party.sql<{ id: string; at: Date; band: string }>(
      `select resident_id as id, at, age_band_then as band from supports
       union all select author_id, created_at, age_band_then from suggestions where author_id is not null
       union all select s.author_id, o.at, o.age_band_then from outcomes o join suggestions s on s.id = o.suggestion_id where s.author_id is not null
       union all select id, registered_at, null from residents`,
    )
    const born = new Map(people.map(({ id, birthYear }) => [id, birthYear]))
    const bandOf = (id: string, at: Date): string => ageBandOf(born.get(id) ?? null, Number(localDate(at, 'Asia/Shanghai').slice(0, 4)))
    const last = new Map<string, Date>()
    for (const { id, at, band } of acts) {
      if (band !== null) expect(band).toBe(bandOf(id, at))
      if (at > (last.get(id) ?? new Date(0))) last.set(id, at)
    }
    for (const { id, band } of await party.sql<{ id: string; band: string }>('select id, age_band as band from residents'))
      expect(band).toBe(bandOf(id, last.get(id) ?? anchor))
  })

  it('shows a birth year to its owner alone', async () => {
    expect(counts['resident_private']).toBe(people.length)
    expect(await countOf(party, 'resident_private')).toBe(0)
    const { id } = street.personas.resident
    const read = sql('test.birth_years', 'select resident_id as id, birth_year as year from resident_private')
    const rows = await party.party.database.readAs(id, (reader) => reader.rows(read))
    expect(rows).toEqual([{ id, year: people.find((person) => person.id === id)?.birthYear }])
  })

  it('clears about seven texts in ten for the public', async () => {
    const cleared = await countOf(party, 'suggestions where public_text_cleared')
    expect(cleared / stories.length).toBeGreaterThan(0.68)
    expect(cleared / stories.length).toBeLessThan(0.72)
  })

  it('holds none of the data that the hub refuses', async () => {
    const texts = await party.sql<{ text: string }>(
      `select text from suggestions union select address from suggestions union select name from residents union select contact from residents
       union select comment from outcomes where comment is not null union select reason from reopenings union select text from case_answers`,
    )
    expect(texts.length).toBeGreaterThan(people.length)
    expect(texts.filter(({ text }) => scanForbiddenData(text).length > 0)).toEqual([])
  })

  it('links the personas that are residents to who signs in, and nobody else', async () => {
    const rows = await party.sql<{ id: string; subject: string }>(
      'select id, subject from residents where subject is not null order by subject',
    )
    const { resident, neighbour, residentOfOther } = street.personas
    expect(rows.map(({ id }) => id)).toEqual([resident.id, neighbour.id, residentOfOther.id])
    expect(rows.map(({ subject }) => subject)).toEqual(['pairwise-a', 'pairwise-b', 'pairwise-c'])
  })

  it('shows a persona the own entries with their timeline through the schema', async () => {
    const query = '{ me { id suggestions(first: 1) { nodes { number stage timeline { type stage party { kind name } } } } } }'
    const { data, errors } = await party.run(actors.resident('pairwise-a'), query)
    expect(errors).toEqual([])
    expect(data.me.id).toBe(street.personas.resident.id)
    const [newest] = data.me.suggestions.nodes
    const story = stories.find(({ number }) => number === newest.number)
    expect(story?.author).toBe(street.personas.resident.id)
    expect(newest.stage).toBe(story?.stage)
    expect(newest.timeline[0].type).toBe('resident.suggestion.submitted')
  })

  it('lets new numbers go on after those of the street', async () => {
    const last = Math.max(...stories.map(({ number }) => Number(number.slice(8))))
    const [next] = await party.sql<{ next: string }>(`select nextval('suggestion_numbers') as next`)
    expect(Number(next?.next)).toBe(last + 1)
  })

  it('writes the manifest and one line of the journal, and puts the tables back under row security', async () => {
    expect(await party.sql('select name, data from manifests')).toEqual([{ name: 'street', data: street.manifest }])
    const journal = await party.sql('select act, actor, event_type as event, record_id as record from journal')
    expect(journal).toEqual([{ act: 'resident.seed', actor: null, event: null, record: 'street' }])
    expect(await party.sql(UNFORCED)).toEqual([])
    const versions = await party.sql('select name, version::int as version from projection_versions order by name')
    expect(versions).toEqual([
      { name: 'cells', version: street.cells.length },
      { name: 'functions', version: street.functionItems.length },
    ])
  })

  it('does nothing the second time', async () => {
    const again = createStreet({ anchor: new Date('2026-03-09T02:00:00Z'), scale: 0.02 })
    expect(await seedResidents({ ownerUrl: party.database.ownerUrl, street: again, personaSubjects })).toEqual({})
    expect(await countOf(party, 'suggestions')).toBe(stories.length)
  })
})

describe('a seed on an empty database', () => {
  let party: TestParty

  beforeAll(async () => {
    party = await start()
  })
  afterAll(() => party.stop())

  it('leaves nothing behind when it breaks off', async () => {
    const broken: Street = {
      ...street,
      *suggestions() {
        yield* stories.slice(0, 200)
        throw new Error('the power went')
      },
    }
    await expect(seedResidents({ ownerUrl: party.database.ownerUrl, street: broken, personaSubjects })).rejects.toThrow('the power went')
    for (const table of ['manifests', 'suggestions', 'suggestion_facts', 'journal']) expect(await countOf(party, table)).toBe(0)
    expect(await party.sql(UNFORCED)).toEqual([])
  })

  it('happens once when two processes begin it at the same time', async () => {
    const seed = (): Promise<Record<string, number>> => seedResidents({ ownerUrl: party.database.ownerUrl, street, personaSubjects })
    const results = await Promise.all([seed(), seed()])
    expect(results.map((one) => one['suggestions'] ?? 0).sort((a, b) => a - b)).toEqual([0, stories.length])
    expect(await countOf(party, 'suggestions')).toBe(stories.length)
  })
})
