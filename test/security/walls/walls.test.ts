// cspell:ignore prosecdef pronamespace proname relowner attnum attisdropped attidentity attgenerated relnamespace nspname rolcreatedb rolreplication polrelid polcmd polqual
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'

import { PARTY_NAMES, type PartyName } from '@commonhall/harness'

import { startStreetHub } from '../../stories/street-hub.js'
import { WITHOUT_ROW_SECURITY } from './without-row-security.js'

type Stand = Awaited<ReturnType<typeof startStreetHub>>

const DENIED = '42501'

interface Table {
  readonly name: string
  readonly isForced: boolean
  readonly owner: string
  /** A column that may be written, to write it with itself. */
  readonly column: string
}

const TABLES = `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as "isForced", pg_get_userbyid(c.relowner) as owner,
    (select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.attidentity = '' and a.attgenerated = '' order by a.attnum limit 1) as column
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%' order by 1`

describe('the walls between the parties, in SQL', () => {
  let stand: Stand
  const clients = {} as Record<PartyName, pg.Client>

  beforeAll(async () => {
    stand = await startStreetHub()
    for (const party of PARTY_NAMES) {
      clients[party] = new pg.Client({ connectionString: stand.hub.databases[party].appUrl })
      await clients[party].connect()
    }
  }, 120_000)
  afterAll(async () => {
    for (const party of PARTY_NAMES) await clients[party].end()
    await stand.hub.stop()
  })

  /** Rows that a statement touched, or the code with which the server refused it. */
  const attempt = async (party: PartyName, text: string, values: unknown[] = []): Promise<number | string> => {
    try {
      return (await clients[party].query(text, values)).rowCount ?? 0
    } catch (error) {
      return String((error as { code?: unknown }).code)
    }
  }
  const tablesOf = async (party: PartyName): Promise<Table[]> => (await clients[party].query<Table>(TABLES)).rows

  it.each(PARTY_NAMES)("the login of %s enters no other party's database, and not the server's own", async (party) => {
    const others = PARTY_NAMES.filter((name) => name !== party).map((name) => new URL(stand.hub.databases[name].appUrl).pathname)
    for (const pathname of [...others, '/postgres', '/template1']) {
      const url = new URL(stand.hub.databases[party].appUrl)
      url.pathname = pathname
      const client = new pg.Client({ connectionString: url.href })
      await expect(client.connect()).rejects.toMatchObject({ code: DENIED })
    }
  })

  it.each(PARTY_NAMES)(
    'the login of %s is no superuser, owns nothing, is a member of nothing, and is bound by row security',
    async (party) => {
      const { rows } = await clients[party].query(
        `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
         (select count(*)::int from pg_class where relowner = r.oid) as relations,
         (select count(*)::int from pg_database where datdba = r.oid) as databases,
         (select count(*)::int from pg_auth_members where member = r.oid) as memberships
       from pg_roles r where rolname = current_user`,
      )
      expect(rows).toEqual([
        {
          rolsuper: false,
          rolbypassrls: false,
          rolcreaterole: false,
          rolcreatedb: false,
          rolreplication: false,
          relations: 0,
          databases: 0,
          memberships: 0,
        },
      ])
      expect(await attempt(party, 'create table mine (id int)')).toBe(DENIED)
      expect(await attempt(party, 'alter table journal disable row level security')).toBe(DENIED)
      expect(await attempt(party, 'alter table journal disable trigger all')).toBe(DENIED)
      expect(await attempt(party, 'set session authorization postgres')).toBe(DENIED)
    },
  )

  it.each(PARTY_NAMES)('the journal of %s can be written by its own login, and never changed, by its owner neither', async (party) => {
    for (const text of [`update journal set act = 'forged'`, 'delete from journal', 'truncate journal'])
      expect([text, await attempt(party, text)]).toEqual([text, DENIED])
    for (const text of [`update journal set act = 'forged'`, 'delete from journal', 'truncate journal cascade'])
      await expect(stand.hub.sql(party, text)).rejects.toThrow('the journal is append-only')
  })

  it.each(PARTY_NAMES)('every table of %s is under forced row security, or stands in the list with its reason', async (party) => {
    const open = (await tablesOf(party)).filter(({ isForced }) => !isForced).map(({ name }) => name)
    expect(open).toEqual(Object.keys(WITHOUT_ROW_SECURITY[party]).sort())
    for (const reason of Object.values(WITHOUT_ROW_SECURITY[party])) expect(reason.length).toBeGreaterThan(20)
  })

  it.each(PARTY_NAMES)(
    'nothing under row security can be written at %s without saying for which party, nor for another one',
    async (party) => {
      const tables = (await tablesOf(party)).filter(({ isForced }) => isForced)
      expect(tables.length).toBeGreaterThan(2)
      for (const hubParty of ['', 'dep_00000000000000000000000000']) {
        await clients[party].query(`select set_config('hub.party', $1, false)`, [hubParty])
        for (const { name, column } of tables) {
          // Row security is asked before the constraints, so an empty row is enough to be refused.
          expect([name, await attempt(party, `insert into ${name} default values`)]).toEqual([name, DENIED])
          const touched = [await attempt(party, `update ${name} set ${column} = ${column}`), await attempt(party, `delete from ${name}`)]
          // No row is visible to the write, or the login may not write this way at all (the journal).
          expect([name, ...touched.filter((outcome) => outcome !== 0 && outcome !== DENIED)]).toEqual([name])
        }
      }
      await clients[party].query('reset hub.party')
    },
  )

  it.each(PARTY_NAMES)("no function of %s runs with its owner's rights", async (party) => {
    const { rows } = await clients[party].query(
      `select proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where prosecdef and n.nspname not in ('pg_catalog', 'information_schema')`,
    )
    expect(rows).toEqual([])
  })

  it.each(PARTY_NAMES)('what one desk of %s may see alone is invisible without its name', async (party) => {
    const { rows } = await clients[party].query<{ name: string }>(
      `select c.relname as name from pg_policy p join pg_class c on c.oid = p.polrelid
       where p.polcmd = 'r' and pg_get_expr(p.polqual, p.polrelid) like '%hub.party%'`,
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { name } of rows) expect([name, (await clients[party].query(`select 1 from ${name} limit 1`)).rowCount]).toEqual([name, 0])
  })

  it.each(PARTY_NAMES)('the login of %s speaks in the event log for its own subgraph only, and unsays nothing', async (party) => {
    const client = new pg.Client({ connectionString: stand.hub.eventsUrlFor(party) })
    await client.connect()
    try {
      const append = (source: string, id: string) =>
        client.query(
          `insert into events (id, type, subject, source, party_id, at, data) values ($1, 'resident.suggestion.withdrawn', 'sug_x', $2, 'x', now(), '{}')`,
          [id, source],
        )
      for (const source of [...PARTY_NAMES.filter((name) => name !== party), 'hub', ''])
        await expect(append(source, `forged-by-${party}`)).rejects.toMatchObject({ code: DENIED })
      for (const text of [
        `update events set data = '{}'`,
        'delete from events',
        'truncate events',
        `insert into event_sources (login, source) values (current_user, 'residents')`,
        'delete from event_sources',
        'create table mine (id int)',
      ])
        await expect(client.query(text)).rejects.toMatchObject({ code: DENIED })
    } finally {
      await client.end()
    }
  })
})
