// Once per run: a PostgreSQL server for all test files. COMMONHALL_TEST_POSTGRES_URL (a superuser's URL) makes the tests use that server.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export default async function globalSetup() {
  const build = spawnSync(process.execPath, [fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (build.status !== 0) throw new Error('the build failed')
  process.env.COMMONHALL_TEST_RUN = randomBytes(4).toString('hex')
  if (process.env.COMMONHALL_TEST_POSTGRES_URL) {
    process.env.COMMONHALL_TEST_ADMIN_URL = process.env.COMMONHALL_TEST_POSTGRES_URL
    return
  }
  const { startEmbeddedPostgres } = await import('@commonhall/shared/postgres')
  const dataDir = mkdtempSync(join(tmpdir(), 'commonhall-test-'))
  const server = await startEmbeddedPostgres({ dataDir })
  process.env.COMMONHALL_TEST_ADMIN_URL = server.adminUrl
  globalThis.commonhallTestServer = { server, dataDir }
}
