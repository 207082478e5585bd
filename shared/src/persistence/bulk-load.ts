import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Rows for one table, which may come in several parts, in the order of `columns`; undefined and null become NULL, objects become JSON, arrays of text become text[]. */
export interface BulkTable {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: Iterable<readonly unknown[]>
}

/** What else belongs to a load. */
export interface BulkOptions {
  /** Statements after the last table, in the same transaction: what COPY cannot do, such as setting a sequence. */
  readonly after?: readonly string[]
  /** Names of day totals that the loaded rows fill: counted once after the last table, instead of by their triggers at each. */
  readonly totals?: readonly string[]
}

const escapeText = (text: string): string =>
  /[\\\n\r\t]/.test(text) ? text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t') : text

const arrayLiteral = (items: readonly unknown[]): string =>
  `{${items.map((item) => `"${String(item).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`

const copyValue = (value: unknown): string => {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'string') return escapeText(value)
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return escapeText(arrayLiteral(value))
  return escapeText(JSON.stringify(value))
}

function* chunks(rows: Iterable<readonly unknown[]>): Generator<string> {
  let buffer = ''
  for (const row of rows) {
    buffer += `${row.map(copyValue).join('\t')}\n`
    if (buffer.length > 64 * 1024) {
      yield buffer
      buffer = ''
    }
  }
  if (buffer !== '') yield buffer
}

/** Lets the owner COPY into a table; true when its row security was forced and has to be forced again. */
const liftRowSecurity = async (client: pg.Client, table: string): Promise<boolean> => {
  const { rows } = await client.query<{ secured: boolean }>(
    'select relforcerowsecurity as secured from pg_class where oid = $1::regclass',
    [table],
  )
  if (rows[0]?.secured !== true) return false
  await client.query(`alter table ${table} no force row level security`)
  return true
}

const tablesOfTotals = async (client: pg.Client, totals: readonly string[]): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>('select oid::regclass::text as name from pg_class where relname = any($1)', [
    totals.flatMap((name) => [`${name}_totals`, `${name}_spread_totals`]),
  ])
  return rows.map(({ name }) => name)
}

/** Switches the triggers of some day totals; nobody else can write to their tables until the transaction ends. */
const switchTriggers = async (client: pg.Client, totals: readonly string[], to: 'disable' | 'enable'): Promise<void> => {
  const { rows } = await client.query<{ on: string; trigger: string }>(
    'select tgrelid::regclass::text as on, tgname as trigger from pg_trigger where tgname = any($1)',
    [totals.map((name) => `${name}_insert`)],
  )
  for (const { on, trigger } of rows) await client.query(`alter table ${on} ${to} trigger ${trigger}`)
}

/**
 * Loads fixture rows by COPY as the owner of the tables, all tables in one transaction: all of it or nothing.
 *
 * COPY refuses forced row security, so it is lifted for the owner inside this transaction and forced again before it
 * commits; nobody else ever sees the tables without it. About 100,000 rows a second and core.
 */
export const bulkLoad = async (
  ownerUrl: string,
  tables: Iterable<BulkTable>,
  { after = [], totals = [] }: BulkOptions = {},
): Promise<Record<string, number>> => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const loaded: Record<string, number> = {}
  try {
    await client.query('begin')
    await switchTriggers(client, totals, 'disable')
    const secured = new Map<string, boolean>()
    for (const { table, columns, rows } of tables) {
      if (!secured.has(table)) secured.set(table, await liftRowSecurity(client, table))
      const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`))
      await pipeline(Readable.from(chunks(rows)), stream)
      loaded[table] = (loaded[table] ?? 0) + (stream.rowCount ?? 0)
    }
    for (const [table, isSecured] of secured) if (isSecured) await client.query(`alter table ${table} force row level security`)
    for (const statement of after) await client.query(statement)
    for (const name of totals) await client.query(`select ${name}_rebuild()`)
    await switchTriggers(client, totals, 'enable')
    await client.query('commit')
    // Not analyze alone: until a vacuum, PostgreSQL looks every row of an index-only scan up in its table (ten times the cost of an indicator).
    const filled = [...secured.keys(), ...(await tablesOfTotals(client, totals))]
    if (filled.length > 0) await client.query(`vacuum (analyze) ${filled.join(', ')}`)
    return loaded
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    await client.end()
  }
}
