// Ends the server of this run and removes its folder; on a configured server only the databases of this run go.
import { rmSync } from 'node:fs'

import pg from 'pg'

export default async function globalTeardown() {
  const own = globalThis.commonhallTestServer
  if (own !== undefined) {
    await own.server.stop()
    rmSync(own.dataDir, { recursive: true, force: true })
    return
  }
  const client = new pg.Client({ connectionString: process.env.COMMONHALL_TEST_ADMIN_URL })
  await client.connect()
  const { rows } = await client.query('select datname from pg_database where datname like $1', [`t_${process.env.COMMONHALL_TEST_RUN}_%`])
  for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`)
  await client.end()
}
