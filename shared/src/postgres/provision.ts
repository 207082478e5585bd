import { type Client, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'

import { withAdmin } from './admin-connection.js'
import { scramVerifier } from './password.js'

/** One database of a party: who owns and migrates it, who works in it, who else may connect. */
export interface DatabaseProvision {
  readonly database: string
  readonly ownerRole: string
  readonly ownerPassword: string
  readonly appRole: string
  readonly appPassword: string
  /** Existing roles that may connect besides the two (an auditor, a backup); what they may read is for the migrations to grant. */
  readonly extraConnectRoles?: readonly string[]
}

/** Serialises provisioning in one server: concurrent CREATE ROLE and GRANT of the same rows would fail with "tuple concurrently updated". */
const PROVISION_LOCK = 7_301_202_601
const TEMPLATE_BUSY_WAIT_MS = 5_000
const MAX_NAME_BYTES = 63
const SYSTEM_DATABASES = ['postgres', 'template0', 'template1']

const name = (text: string): string => {
  if (text === '' || Buffer.byteLength(text) > MAX_NAME_BYTES)
    throw new RangeError(`not a PostgreSQL name of 1 to ${MAX_NAME_BYTES} bytes: ${text}`)
  return escapeIdentifier(text)
}

const partyDatabase = (text: string): string => {
  if (SYSTEM_DATABASES.includes(text)) throw new RangeError(`${text} belongs to the server, not to a party`)
  return name(text)
}

const serverVersion = async (client: Client): Promise<number> =>
  Number((await client.query<{ v: string }>(`select current_setting('server_version_num') as v`)).rows[0]?.v)

const ensureRole = async (client: Client, role: string, password: string): Promise<void> => {
  const found = await client.query<{ mighty: boolean }>('select rolsuper or rolbypassrls as mighty from pg_roles where rolname = $1', [
    role,
  ])
  // A login that row security does not bind would make every policy in the database a decoration.
  if (found.rows[0]?.mighty)
    throw new Error(`role ${role} is a superuser or bypasses row security; choose another name or take that right away`)
  await client.query(
    `${found.rows[0] ? 'alter' : 'create'} role ${name(role)} with login password ${escapeLiteral(scramVerifier(password))}`,
  )
}

/** A server administrator who is no superuser (managed servers) may give a database only to a role he is a member of. */
const joinOwner = async (client: Client, ownerRole: string): Promise<void> => {
  const asked = await client.query<{ is_member: boolean }>(`select pg_has_role(current_user, $1, 'USAGE') as is_member`, [ownerRole])
  if (!asked.rows[0]?.is_member) await client.query(`grant ${name(ownerRole)} to current_user`)
}

const ensureDatabase = async (client: Client, database: string, ownerRole: string): Promise<void> => {
  const found = await client.query('select from pg_database where datname = $1', [database])
  if (found.rowCount) {
    await client.query(`alter database ${name(database)} owner to ${name(ownerRole)}`)
    return
  }
  // Code point order everywhere: keyset pages must not depend on the machine's locales.
  const sort =
    (await serverVersion(client)) >= 170_000 ? `locale_provider builtin builtin_locale 'C.UTF-8'` : `locale_provider libc lc_collate 'C'`
  await client.query(`create database ${name(database)} owner ${name(ownerRole)} template template0 encoding 'UTF8' ${sort}`)
}

/** Leaves the right to connect with the owner and exactly these roles. */
const allowOnly = async (client: Client, database: string, roles: readonly string[]): Promise<void> => {
  const granted = await client.query<{ role: string }>(
    `select distinct r.rolname as role from pg_database d, aclexplode(d.datacl) a join pg_roles r on r.oid = a.grantee
     where d.datname = $1 and a.grantee <> d.datdba`,
    [database],
  )
  const others = granted.rows.map((row) => row.role).filter((role) => !roles.includes(role))
  const statements = [
    `revoke all on database ${name(database)} from ${['public', ...others.map(name)].join(', ')}`,
    `grant connect on database ${name(database)} to ${roles.map(name).join(', ')}`,
  ]
  await client.query(`begin; ${statements.join('; ')}; commit`)
}

/**
 * Makes the logins and the database of a party, or brings existing ones in line: passwords, owner, who may connect. Idempotent; several
 * processes may call it at once.
 *
 * Afterwards only `ownerRole`, `appRole` and `extraConnectRoles` (they must exist) may connect, besides superusers; PUBLIC and earlier extra roles may
 * not. Roles with superuser or BYPASSRLS are refused. Tables and their grants are for the migrations. Works on PostgreSQL 15 or newer, also
 * with an administrator who is no superuser but has CREATEDB and CREATEROLE. Passwords are sent as SCRAM verifiers only.
 */
export const provisionDatabase = (adminUrl: string, provision: DatabaseProvision): Promise<void> =>
  withAdmin(adminUrl, async (client) => {
    partyDatabase(provision.database)
    await client.query('select pg_advisory_lock($1)', [PROVISION_LOCK])
    await ensureRole(client, provision.ownerRole, provision.ownerPassword)
    await ensureRole(client, provision.appRole, provision.appPassword)
    await joinOwner(client, provision.ownerRole)
    await ensureDatabase(client, provision.database, provision.ownerRole)
    await allowOnly(client, provision.database, [
      ...new Set([provision.ownerRole, provision.appRole, ...(provision.extraConnectRoles ?? [])]),
    ])
  })

/**
 * Copies a database with its tables and rows, for a test file that wants a fresh one: owner and who may connect as in the template.
 *
 * Nobody may be connected to the template (waits up to 5 s for sessions that are just ending); copies of one template may run side by side.
 * About 80 ms for 40 tables with their indexes, measured with the server's default strategy (file_copy: 100 ms and a checkpoint of half a
 * second before the first). Settings made with ALTER DATABASE … SET are not copied.
 */
export const cloneDatabase = (adminUrl: string, clone: { template: string; database: string }): Promise<void> =>
  withAdmin(adminUrl, async (client) => {
    partyDatabase(clone.database)
    const found = await client.query<{ owner: string; roles: string[] }>(
      `select pg_get_userbyid(datdba) as owner, array(
         select distinct r.rolname::text from aclexplode(datacl) a join pg_roles r on r.oid = a.grantee where a.privilege_type = 'CONNECT'
       ) as roles from pg_database where datname = $1`,
      [clone.template],
    )
    const template = found.rows[0]
    if (template === undefined) throw new Error(`there is no database ${clone.template} to copy`)
    const until = performance.now() + TEMPLATE_BUSY_WAIT_MS
    for (;;) {
      try {
        await client.query(`create database ${name(clone.database)} template ${name(clone.template)} owner ${name(template.owner)}`)
        break
      } catch (error) {
        const isBusy = error instanceof DatabaseError && error.code === '55006'
        if (!isBusy || performance.now() >= until) throw error
        await sleep(20)
      }
    }
    await allowOnly(client, clone.database, [...new Set([template.owner, ...template.roles])])
  })

/** Removes a database and ends the sessions in it; harmless when there is none. Roles stay. The server's own databases are refused. */
export const dropDatabase = (adminUrl: string, database: string): Promise<void> =>
  withAdmin(adminUrl, async (client) => {
    await client.query(`drop database if exists ${partyDatabase(database)} with (force)`)
  })
