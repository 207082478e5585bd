import type { EntityManager } from 'typeorm'

/** A named SQL text. The name becomes a prepared statement of PostgreSQL, so it must be unique in its party and never carry data. */
export interface SqlStatement {
  readonly name: string
  readonly text: string
}

/** States a named statement; values only ever travel as parameters. */
export const sql = (name: string, text: string): SqlStatement => ({ name, text })

/** Where a store reads: the pool (one statement, no transaction) or the transaction it was handed. */
export interface SqlReader {
  rows<Row extends object>(statement: SqlStatement, values?: readonly unknown[]): Promise<Row[]>
}

/** One transaction. Row security knows for which party it runs; stores take it as argument and never open their own. */
export interface Tx extends SqlReader {
  /** TypeORM's manager of this transaction, for inserts and updates of rows by entity. */
  readonly manager: EntityManager
  /** From here on rows of this party may be written. Only projections, which write for many parties, need it. */
  actFor(partyId: string): Promise<void>
}
