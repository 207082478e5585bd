import 'reflect-metadata'

import { DataSource, type MigrationInterface } from 'typeorm'

import { asHubError } from './failures.js'

/** What a migration run did; `ran` names the new ones in order. */
export interface MigrationReport {
  readonly ran: readonly string[]
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Tables of which the app login may append rows but never change or remove one. */
const APPEND_ONLY = ['journal']

/**
 * Brings a party's database to the newest form, forward only, and grants the app login what it needs and no more.
 *
 * Runs as the owner login under an advisory lock, so that several processes may start at once; each migration is one
 * transaction. When owner and app login are the same (a configured server with one URL), the grants change nothing.
 */
export const migrateDatabase = async (options: {
  readonly ownerUrl: string
  readonly appRole: string
  readonly migrations: ReadonlyArray<new () => MigrationInterface>
}): Promise<MigrationReport> => {
  const source = new DataSource({
    type: 'postgres',
    url: options.ownerUrl,
    migrations: [...options.migrations],
    migrationsTableName: 'schema_migrations',
    installExtensions: false,
    poolSize: 2,
  })
  try {
    await source.initialize()
    const lock = source.createQueryRunner()
    try {
      await lock.query(`select pg_advisory_lock(hashtext('commonhall.migrate'))`)
      const ran = await source.runMigrations({ transaction: 'each' })
      const [row] = (await lock.query('select current_user as owner')) as Array<{ owner: string }>
      if (row !== undefined && row.owner !== options.appRole) await grantToApp(lock, options.appRole)
      return { ran: ran.map((migration) => migration.name) }
    } finally {
      await lock.query(`select pg_advisory_unlock(hashtext('commonhall.migrate'))`).catch(() => undefined)
      await lock.release()
    }
  } catch (error) {
    throw asHubError(error)
  } finally {
    if (source.isInitialized) await source.destroy()
  }
}

const grantToApp = async (runner: { query(text: string): Promise<unknown> }, appRole: string): Promise<void> => {
  const role = quote(appRole)
  await runner.query(`grant usage on schema public to ${role}`)
  await runner.query(`grant select, insert, update, delete on all tables in schema public to ${role}`)
  await runner.query(`grant usage, select on all sequences in schema public to ${role}`)
  for (const table of APPEND_ONLY) await runner.query(`revoke update, delete, truncate on ${quote(table)} from ${role}`)
  await runner.query(`revoke insert, update, delete, truncate on schema_migrations from ${role}`)
}
