import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { appRole, freshDatabase, freshEventLog, type TestDatabase } from '@commonhall/harness'
import pg from 'pg'
import type { QueryRunner } from 'typeorm'

import { refuse, type RefusalValue } from '../errors/index.js'
import { createEventLog, type EventLog } from '../events/index.js'
import { createDatabase, KIT_TABLES, migrateDatabase, rowSecurity, sql, type Database } from '../persistence/index.js'
import { createConsumer, createRelay, performAct, type Act } from './index.js'

class CreateNotes {
  readonly name = 'CreateNotes1767607200000'
  async up(runner: QueryRunner): Promise<void> {
    const notes = [
      `create table notes (id text primary key, owner_party_id text not null, text text not null)`,
      ...rowSecurity('notes', { read: 'own' }),
    ]
    for (const statement of [...KIT_TABLES, ...notes]) await runner.query(statement)
  }
  async down(): Promise<void> {}
}

interface Note {
  readonly id: string
  readonly text: string
}

const ADD = sql('notes.add', `insert into notes (id, owner_party_id, text) values ($1, $2, $3)`)
const FIND = sql('notes.find', `select id, text from notes where id = $1`)
const ALL = sql('notes.all', `select id from notes order by id`)

describe('acts, journal and events', () => {
  let urls: TestDatabase
  let database: Database
  let eventsUrl: string
  let events: EventLog
  const context = () => ({
    actor: { subject: 's', roles: ['officer' as const], client: 'c' },
    traceId: 't',
    clock: { now: () => new Date('2026-03-02T02:00:00Z') },
    database,
  })
  const act = (id: string, clientKey: string | null, text = 'x', over: Partial<Act<Note>> = {}): Act<Note> => ({
    code: 'government.note.add',
    party: 'dep_a',
    input: { clientKey, text } as Act<Note>['input'],
    async run(tx) {
      await tx.rows(ADD, [id, 'dep_a', text])
      await tx.journal({
        partyId: 'dep_a',
        record: { type: 'Note', id },
        after: { id, text },
        event: { type: 'resident.suggestion.withdrawn', subject: id, data: { suggestion: id, at: '' } },
      })
      return { id, text }
    },
    replay: async (tx, recordId) => (await tx.rows<Note>(FIND, [recordId]))[0] ?? null,
    ...over,
  })
  const asOwner = async <T extends object>(text: string): Promise<T[]> => {
    const client = new pg.Client({ connectionString: urls.ownerUrl })
    await client.connect()
    try {
      return (await client.query<T>(text)).rows
    } finally {
      await client.end()
    }
  }

  beforeAll(async () => {
    urls = await freshDatabase('kit', (options) => migrateDatabase({ ...options, migrations: [CreateNotes] }))
    const log = await freshEventLog(['kit'], { kit: 'residents' })
    eventsUrl = log.urlFor('kit')
    database = await createDatabase({ url: urls.appUrl, entities: [], applicationName: 'kit', poolSize: 12 })
    events = createEventLog(eventsUrl, 'kit')
  })
  afterAll(async () => {
    await events.close()
    await database.close()
  })

  it('do the same request once, also when it is sent twenty times at once', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => performAct(context(), act(`n-${i}`, 'same-key'))))
    expect(new Set(results.map((result) => (result as Note).id)).size).toBe(1)
    expect(await asOwner(`select 1 from journal where client_key = 'same-key'`)).toHaveLength(1)
  })

  it('refuse a key that comes back with another input', async () => {
    await performAct(context(), act('k-1', 'key-2', 'one'))
    const other = (await performAct(context(), act('k-2', 'key-2', 'two'))) as RefusalValue
    expect(other).toMatchObject({ refused: true, code: 'KEY_REUSED', field: 'clientKey' })
  })

  it('leave nothing behind when refused, and may be tried again with the same key', async () => {
    const refusing = act('r-1', 'key-3', 'x', {
      async run(tx) {
        await tx.rows(ADD, ['r-1', 'dep_a', 'x'])
        return refuse('WRONG_STAGE')
      },
    })
    expect(await performAct(context(), refusing)).toMatchObject({ code: 'WRONG_STAGE' })
    expect(await performAct(context(), act('r-1', 'key-3'))).toMatchObject({ id: 'r-1' })
  })

  it('are rolled back when they forget the journal', async () => {
    const forgetful = act('f-1', null, 'x', {
      async run(tx) {
        await tx.rows(ADD, ['f-1', 'dep_a', 'x'])
        return { id: 'f-1', text: 'x' }
      },
    })
    await expect(performAct(context(), forgetful)).rejects.toThrow('wrote no journal row')
    expect(await asOwner(`select set_config('hub.party','dep_a',false)`)).toHaveLength(1)
    expect(await database.readAs('dep_a', (reader) => reader.rows(FIND, ['f-1']))).toEqual([])
  })

  it('cannot write a row of another party: row security stops the statement itself', async () => {
    const foreign = act('x-1', null, 'x', {
      async run(tx) {
        await tx.rows(ADD, ['x-1', 'dep_b', 'x'])
        return { id: 'x-1', text: 'x' }
      },
    })
    await expect(performAct(context(), foreign)).rejects.toThrow(/row-level security/)
  })

  it('journal many records of several parties in one statement, each held to its party by row security, in order', async () => {
    const ids = ['m-1', 'm-2', 'm-3']
    const many = act('m-0', null, 'x', {
      async run(tx) {
        await tx.journalEach(
          ids.map((id, i) => ({
            partyId: `dep_${i}`,
            record: { type: 'Note', id },
            after: { id },
            ...(i === 2
              ? {}
              : { event: { type: 'resident.suggestion.withdrawn', subject: id, data: { suggestion: id, at: 'now' } } as const }),
          })),
        )
        return { id: 'm-0', text: 'x' }
      },
    })
    const statements: string[] = []
    const off = database.onStatement((name) => statements.push(name))
    await performAct(context(), many)
    off()
    expect(statements).toEqual(['journal.append_many'])
    const rows = await asOwner(
      `select party_id, record_id, digest_after is not null as digested, event_data ->> 'suggestion' as told, trace_id,
         exists (select 1 from journal_unpublished u where u.seq = j.seq) as queued
       from journal j where record_id like 'm-%' order by seq`,
    )
    const common = { digested: true, trace_id: 't' }
    expect(rows).toEqual([
      { ...common, party_id: 'dep_0', record_id: 'm-1', told: 'm-1', queued: true },
      { ...common, party_id: 'dep_1', record_id: 'm-2', told: 'm-2', queued: true },
      { ...common, party_id: 'dep_2', record_id: 'm-3', told: null, queued: false },
    ])
  })

  it('show private rows to their party alone', async () => {
    await performAct(context(), act('p-1', null))
    expect(await database.read.rows(ALL)).toEqual([])
    expect(await database.readAs('dep_b', (reader) => reader.rows(ALL))).toEqual([])
    expect((await database.readAs('dep_a', (reader) => reader.rows(ALL))).length).toBeGreaterThan(0)
  })

  it('keep an append-only journal: neither the app login nor the owner can change or remove a row', async () => {
    const change = sql('test.change', `update journal set act = 'forged'`)
    await expect(database.transaction('dep_a', (tx) => tx.rows(change))).rejects.toThrow(/permission denied/)
    await expect(asOwner(`begin; select set_config('hub.party','dep_a',true); delete from journal; commit`)).rejects.toThrow(/append-only/)
  })

  it('connect as a login that is neither owner nor superuser and cannot bypass row security', async () => {
    const who = sql(
      'test.who',
      `select rolsuper or rolbypassrls or rolcreaterole as "isMighty", current_user as login from pg_roles where rolname = current_user`,
    )
    expect(await database.read.rows(who)).toEqual([{ isMighty: false, login: appRole('kit') }])
  })

  it('reach the hub log in their order, once, whatever the number of relays', async () => {
    const relays = await Promise.all(
      [1, 2, 3].map(() =>
        createRelay({
          source: 'residents',
          database,
          events,
          pollMs: 3_600_000,
          onError: (error) => {
            throw error
          },
        }),
      ),
    )
    for (let i = 0; i < 30; i++) await performAct(context(), act(`o-${String(i).padStart(2, '0')}`, null))
    await Promise.all(relays.map((relay) => relay.drain()))
    await relays[0]?.drain()
    const log = await events.readAfter(0, ['resident.suggestion.withdrawn'], 500)
    const subjects = log.map((event) => event.subject).filter((subject) => subject.startsWith('o-'))
    expect(subjects).toEqual(Array.from({ length: 30 }, (_, i) => `o-${String(i).padStart(2, '0')}`))
    await Promise.all(relays.map((relay) => relay.stop()))
  })

  const FORGED = {
    id: 'jrn_forged',
    type: 'resident.suggestion.withdrawn' as const,
    subject: 'forged',
    source: 'government',
    partyId: 'p',
    at: '2026-03-02T02:00:00Z',
    data: { suggestion: 's', at: '' },
  }
  const FOREIGN_MATTER = {
    ...FORGED,
    type: 'government.case.reported' as const,
    source: 'residents',
    data: { suggestion: 's', handling: 'h', department: 'd', at: '' },
  }

  it('cannot be forged for another party: a login appends events of its own subgraph, on its own matters, alone', async () => {
    await expect(events.append([FORGED])).rejects.toThrow(/row-level security/)
    await expect(events.append([FOREIGN_MATTER])).rejects.toThrow(/row-level security/)
  })

  it('take their place in the log from the log: no login chooses a position, ahead of all or behind', async () => {
    const client = new pg.Client({ connectionString: eventsUrl })
    await client.connect()
    try {
      const { type, subject, partyId, at, data } = FORGED
      const values = ['jrn_ahead', type, subject, 'residents', partyId, at, data]
      const insert = `insert into events (position, id, type, subject, source, party_id, at, data) overriding system value values (9e18, $1,$2,$3,$4,$5,$6,$7)`
      await expect(client.query(insert, values)).rejects.toMatchObject({ code: '42501' })
    } finally {
      await client.end()
    }
  })

  it('move nothing when one party speaks for another, were such an event ever in the log', async () => {
    const applied: string[] = []
    const doubts: string[] = []
    const consumer = await createConsumer({
      name: 'forged',
      database,
      events: { ...events, lastPosition: async () => 1, readAfter: async (from) => (from === 0 ? [{ ...FORGED, position: 1 }] : []) },
      pollMs: 3_600_000,
      onError: (error, event) => doubts.push(`${event?.id ?? ''}: ${(error as Error).message}`),
      handlers: { 'resident.suggestion.withdrawn': async (_tx, event) => void applied.push(event.id) },
    })
    await consumer.drain()
    expect([applied, await consumer.position()]).toEqual([[], 1])
    expect(doubts[0]).toBe('jrn_forged: an event of government speaks for another party')
    await consumer.stop()
  })

  it('take effect once, also when two consumers of a party race and events come twice', async () => {
    const seen: string[] = []
    const make = () =>
      createConsumer({
        name: 'race',
        database,
        events,
        pollMs: 3_600_000,
        onError: (error) => {
          throw error
        },
        handlers: { 'resident.suggestion.withdrawn': async (_tx, event) => void seen.push(event.id) },
      })
    const [one, two] = await Promise.all([make(), make()])
    await Promise.all([one.drain(), two.drain()])
    expect(new Set(seen).size).toBe(seen.length)
    expect(await one.position()).toBe(await events.lastPosition())
    await Promise.all([one.stop(), two.stop()])
  })

  it('put a poisoned event aside after five tries, and the lane goes on', async () => {
    let poisoned: string | null = null
    const applied: string[] = []
    const consumer = await createConsumer({
      name: 'poison',
      database: await Promise.resolve(database),
      events,
      pollMs: 3_600_000,
      onError: () => undefined,
      handlers: {
        'resident.suggestion.withdrawn': async (tx, event) => {
          await tx.rows(sql('test.forget', `delete from inbox where event_id = $1 and false`), [event.id])
          poisoned ??= event.id
          if (event.id === poisoned) throw new Error('poison')
          applied.push(event.id)
        },
      },
    })
    await database.transaction('', (tx) => tx.rows(sql('test.empty_inbox', 'delete from inbox')))
    for (let i = 0; i < 6; i++) await consumer.drain()
    expect(applied.length).toBeGreaterThan(10)
    const letters = await asOwner<{ event_id: string; tries: number }>('select event_id, tries from dead_letters')
    expect(letters).toEqual([{ event_id: poisoned, tries: 5 }])
    await consumer.stop()
  })
})
