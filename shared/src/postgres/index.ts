/**
 * The embedded PostgreSQL server and the administration of databases and logins.
 *
 * The one place besides the stores that touches the `pg` driver (exception `^shared/src/postgres/` of the import law): administration
 * needs plain connections as superuser, outside any party's data source. Nothing here runs at import.
 */
export { cloneDatabase, dropDatabase, provisionDatabase } from './provision.js'
export { DataFolderInUseError, EmbeddedPostgresError } from './errors.js'
export { generatePassword } from './password.js'
export { writePrivateFile } from './data-folder.js'
export { lockDataFolder } from './data-lock.js'
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.js'
