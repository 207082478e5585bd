import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '@commonhall/shared/postgres'
import pg from 'pg'

/** Lets the server log the plan of every statement slower than `ms`, in sessions that begin from now on. */
const logPlans = async (adminUrl, ms) => {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': `${ms}ms`,
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    'auto_explain.log_timing': 'off',
  }
  await client.query(`load 'auto_explain'`)
  for (const [name, value] of Object.entries(settings)) await client.query(`alter system set ${name} = '${value}'`)
  await client.query('select pg_reload_conf()')
  await client.end()
}

/** An embedded PostgreSQL in a temporary folder, which the harness finds by its variables; `stop` removes all of it. */
export const startServer = async ({ plansMs }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'commonhall-bench-'))
  const remove = (folder) => rmSync(folder, { recursive: true, force: true })
  try {
    const server = await startEmbeddedPostgres({ dataDir })
    process.env.COMMONHALL_TEST_ADMIN_URL = server.adminUrl
    process.env.COMMONHALL_TEST_RUN = `bench${randomBytes(3).toString('hex')}`
    if (plansMs !== null) await logPlans(server.adminUrl, plansMs)
    return {
      version: server.version,
      logFile: join(dataDir, 'postgres.log'),
      async stop() {
        await server.stop()
        // The server's user may have no way into the temporary folder; then the cluster lies elsewhere.
        remove(server.clusterDir)
        remove(dataDir)
      },
    }
  } catch (error) {
    remove(dataDir)
    throw error
  }
}
