import { createServer } from 'node:http'

import { ConfigError, readConfig } from '@commonhall/shared/config'
import { z } from 'zod'

import { demoPersonas } from '../demo-personas.js'
import { readKeys } from '../keys/hub-keys.js'
import { DEMO_PATH } from './constants.js'
import { createIdentityProvider } from './create-identity-provider.js'

/** Settings of the demo identity provider as a process of its own (`--split`, compose profile `demo`). */
const IDENTITY_CONFIG = z.object({
  COMMONHALL_KEYS_FILE: z.string(),
  COMMONHALL_HOST: z.string().default('127.0.0.1'),
  COMMONHALL_PORT: z.coerce.number().int().min(0).max(65_535),
})

const readConfigOrExit = (): z.infer<typeof IDENTITY_CONFIG> => {
  try {
    return readConfig(IDENTITY_CONFIG, process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}

const config = readConfigOrExit()
const answer = createIdentityProvider({ keys: readKeys(config.COMMONHALL_KEYS_FILE).identityProvider, personas: demoPersonas() })
const server = createServer((request, response) => {
  const path = request.url ?? '/'
  if (path.startsWith(`${DEMO_PATH}/`)) return answer(request, response)
  const isHealth = path === '/health/ready' || path === '/health/live'
  response
    .writeHead(isHealth ? 200 : 404, { 'content-type': 'application/json' })
    .end(isHealth ? '{"status":"ready"}' : '{"error":"NOT_FOUND"}')
})
server.listen(config.COMMONHALL_PORT, config.COMMONHALL_HOST)
let isStopping = false
const stop = (): void => {
  if (isStopping) process.exit(1)
  isStopping = true
  server.close(() => process.exit(0))
  server.closeAllConnections()
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
