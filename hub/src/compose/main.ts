import { writeFileSync } from 'node:fs'

import { composeSecrets } from './compose-secrets.js'

/** `node hub/dist/compose/main.js`: makes `.env` (0600) for docker-compose.yml in the current folder, once. */
try {
  writeFileSync('.env', composeSecrets(), { mode: 0o600, flag: 'wx' })
  process.stderr.write('已写入 .env / Wrote .env: docker compose --profile demo up --build\n')
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  process.stderr.write('.env 已存在,未改动 / .env exists already and was left alone.\n')
  process.exitCode = 1
}
