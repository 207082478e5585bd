import 'reflect-metadata'

import type { Pool, PoolClient } from 'pg'
import { DataSource, type EntitySchema, type Logger, type MixedList, type QueryRunner } from 'typeorm'

import { HubError } from '../errors/index.js'
import { asHubError } from './failures.js'
import { sql, type SqlReader, type SqlStatement, type Tx } from './sql.js'

/** Told the name (or text) of every statement that does work; transaction control and row-security settings are not counted. */
export type StatementListener = (statement: string) => void

export interface DatabaseOptions {
  /** The app login's URL: neither owner nor superuser. */
  readonly url: string
  readonly entities: MixedList<Function | string | EntitySchema>
  readonly applicationName: string
  /** Connections at most; a bulkhead per party. */
  readonly poolSize?: number
}

/** One party's database, behind which TypeORM and pg stay hidden from services and resolvers. */
export interface Database {
  /** Reads outside a transaction; only rows whose policy lets everybody read are visible. */
  readonly read: SqlReader
  /** Reads rows that only `partyId` may see. */
  readAs<T>(partyId: string, work: (reader: SqlReader) => Promise<T>): Promise<T>
  /** Runs `work` in one transaction in which rows of `partyId` may be written; rolls back on a throw. */
  transaction<T>(partyId: string, work: (tx: Tx) => Promise<T>): Promise<T>
  onStatement(listener: StatementListener): () => void
  /** One connection of its own, for LISTEN. */
  connectionUrl(): string
  close(): Promise<void>
}

const SET_PARTY = sql('kit.set_party', `select set_config('hub.party', $1, true)`)
const UNCOUNTED = /^(START TRANSACTION|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SELECT \* FROM current_schema|SHOW|select set_config)/i

class StatementLogger implements Logger {
  constructor(private readonly tell: StatementListener) {}
  logQuery(query: string): void {
    if (!UNCOUNTED.test(query)) this.tell(query)
  }
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}

const runNamed = async <Row>(client: Pool | PoolClient, statement: SqlStatement, values: readonly unknown[]): Promise<Row[]> => {
  const result = await client.query({ name: statement.name, text: statement.text, values: [...values] })
  return result.rows as Row[]
}

/** Opens a party's database. Cost: one connection to prove that it answers; the pool grows on demand. */
export const createDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const listeners = new Set<StatementListener>()
  const tell: StatementListener = (statement) => {
    for (const listener of listeners) listener(statement)
  }
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    entities: options.entities,
    applicationName: options.applicationName,
    poolSize: options.poolSize ?? 8,
    logging: ['query'],
    logger: new StatementLogger(tell),
    synchronize: false,
    installExtensions: false,
    // A transaction left idle by a crashed request must not hold its row locks for ever.
    extra: { idle_in_transaction_session_timeout: 15_000, statement_timeout: 20_000, connectionTimeoutMillis: 5_000 },
  })
  try {
    await source.initialize()
  } catch (error) {
    throw asHubError(error)
  }
  const pool = (source.driver as unknown as { master: Pool }).master
  // An idle connection that the server ends must not end the process; the next query opens a new one.
  pool.on('error', () => undefined)

  const read: SqlReader = {
    async rows<Row extends object>(statement: SqlStatement, values: readonly unknown[] = []) {
      tell(statement.name)
      try {
        return await runNamed<Row>(pool, statement, values)
      } catch (error) {
        throw asHubError(error)
      }
    },
  }

  const inTransaction = async <T>(partyId: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const runner: QueryRunner = source.createQueryRunner()
    // TypeORM releases a runner whose connection breaks between two statements; what fails after that has that one cause.
    let isConnectionLost = false
    const noteLoss = (): void => {
      isConnectionLost = true
    }
    let connection: PoolClient | null = null
    try {
      const client = (await runner.connect()) as PoolClient
      connection = client
      client.on('error', noteLoss)
      await runner.startTransaction()
      await runNamed(client, SET_PARTY, [partyId])
      const tx: Tx = {
        manager: runner.manager,
        async rows<Row extends object>(statement: SqlStatement, values: readonly unknown[] = []) {
          tell(statement.name)
          return runNamed<Row>(client, statement, values)
        },
        async actFor(otherPartyId) {
          await runNamed(client, SET_PARTY, [otherPartyId])
        },
      }
      const result = await work(tx)
      await runner.commitTransaction()
      return result
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined)
      throw isConnectionLost ? new HubError('STORAGE', { cause: error }) : asHubError(error)
    } finally {
      connection?.off('error', noteLoss)
      await runner.release().catch(() => undefined)
    }
  }

  return {
    read,
    transaction: inTransaction,
    readAs: (partyId, work) => inTransaction(partyId, work),
    onStatement(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    connectionUrl: () => options.url,
    close: () => source.destroy(),
  }
}
