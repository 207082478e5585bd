import pg from 'pg'

import { asHubError } from './failures.js'
import type { SqlReader, SqlStatement } from './sql.js'

/** A few connections to a database that has no rows of parties in it, such as the hub's event log. */
export interface PlainPool extends SqlReader {
  transaction<T>(work: (reader: SqlReader) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const readerOf = (client: pg.Pool | pg.PoolClient): SqlReader => ({
  async rows<Row extends object>(statement: SqlStatement, values: readonly unknown[] = []) {
    try {
      return (await client.query({ name: statement.name, text: statement.text, values: [...values] })).rows as Row[]
    } catch (error) {
      throw asHubError(error)
    }
  },
})

/** Opens a pool of at most `size` connections; connects at the first use. */
export const openPool = (url: string, applicationName: string, size = 3): PlainPool => {
  const pool = new pg.Pool({ connectionString: url, max: size, application_name: applicationName, connectionTimeoutMillis: 5_000 })
  // An idle connection that the server ends must not end the process; the next query opens a new one.
  pool.on('error', () => undefined)
  return {
    ...readerOf(pool),
    async transaction(work) {
      const client = await pool.connect().catch((error: unknown) => {
        throw asHubError(error)
      })
      // A connection that breaks between two statements tells it by an event; unheard, it would end the process.
      const ignore = (): void => undefined
      client.on('error', ignore)
      try {
        await client.query('begin')
        const result = await work(readerOf(client))
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch(() => undefined)
        throw asHubError(error)
      } finally {
        client.off('error', ignore)
        client.release()
      }
    },
    close: () => pool.end(),
  }
}
