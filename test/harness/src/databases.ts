import { randomBytes } from 'node:crypto'

import { migrateEventLog } from '@commonhall/shared/events'
import { cloneDatabase, provisionDatabase } from '@commonhall/shared/postgres'
import pg from 'pg'

/** URLs of one fresh database: the owner's (migrations, fixtures) and the app login's (everything else). */
export interface TestDatabase {
  readonly ownerUrl: string
  readonly appUrl: string
}

const PASSWORD = 'only-for-tests'
export const PARTY_NAMES = ['government', 'committees', 'nonprofits', 'residents'] as const
export type PartyName = (typeof PARTY_NAMES)[number]

const adminUrl = (): string => {
  const url = process.env['COMMONHALL_TEST_ADMIN_URL']
  if (url === undefined) throw new Error('The test server is not running; start tests with `npm test` or `node scripts/jest.mjs`.')
  return url
}

const runName = (): string => `t_${process.env['COMMONHALL_TEST_RUN'] ?? 'x'}`
const urlOf = (database: string, role: string): string => {
  const url = new URL(adminUrl())
  url.username = role
  url.password = PASSWORD
  url.pathname = `/${database}`
  return url.toString()
}

/** Logins of a party; they are shared by all test files, so only their databases differ. */
export const appRole = (party: string): string => `test_${party}_app`
const ownerRole = (party: string): string => `test_${party}_owner`

/** Runs `work` while no other worker does the same kind of work in this server. */
const exclusively = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: adminUrl() })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [`${runName()}.${name}`])
    return await work()
  } finally {
    await client.end()
  }
}

const exists = async (database: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: adminUrl() })
  await client.connect()
  const { rows } = await client.query('select 1 from pg_database where datname = $1', [database])
  await client.end()
  return rows.length > 0
}

/** Makes the template of a party (once per run) and clones it: about 50 ms for each test file. */
export const freshDatabase = async (
  party: string,
  migrate: (options: { ownerUrl: string; appRole: string }) => Promise<unknown>,
): Promise<TestDatabase> => {
  const template = `${runName()}_template_${party}`
  await exclusively(`template.${party}`, async () => {
    if (await exists(template)) return
    const building = `${template}_building`
    await provisionDatabase(adminUrl(), {
      database: building,
      ownerRole: ownerRole(party),
      ownerPassword: PASSWORD,
      appRole: appRole(party),
      appPassword: PASSWORD,
    })
    await migrate({ ownerUrl: urlOf(building, ownerRole(party)), appRole: appRole(party) })
    const client = new pg.Client({ connectionString: adminUrl() })
    await client.connect()
    // Renamed only when whole, so that a failed migration leaves no half-made template behind.
    await client.query(`alter database "${building}" rename to "${template}"`)
    await client.end()
  })
  const database = `${runName()}_${party}_${randomBytes(4).toString('hex')}`
  await exclusively(`clone.${party}`, () => cloneDatabase(adminUrl(), { template, database }))
  return { ownerUrl: urlOf(database, ownerRole(party)), appUrl: urlOf(database, appRole(party)) }
}

/**
 * A fresh event log into which these parties' logins may write. Their databases must have been made before (that makes the logins).
 * `speaksFor` names the subgraph of a login that is not called like one.
 */
export const freshEventLog = async (
  parties: readonly string[],
  speaksFor: Readonly<Record<string, string>> = {},
): Promise<{ ownerUrl: string; urlFor(party: string): string }> => {
  const database = `${runName()}_hub_${randomBytes(4).toString('hex')}`
  await exclusively('hub', () =>
    provisionDatabase(adminUrl(), {
      database,
      ownerRole: ownerRole('hub'),
      ownerPassword: PASSWORD,
      appRole: appRole('hub'),
      appPassword: PASSWORD,
      extraConnectRoles: parties.map(appRole),
    }),
  )
  const ownerUrl = urlOf(database, ownerRole('hub'))
  await migrateEventLog(
    ownerUrl,
    parties.map((party) => ({ source: speaksFor[party] ?? party, login: appRole(party) })),
  )
  return { ownerUrl, urlFor: (party) => urlOf(database, appRole(party)) }
}
