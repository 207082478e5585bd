import { ConfigError } from '@commonhall/shared/config'
import { createLog } from '@commonhall/shared/telemetry'

import { readGatewayConfig, type GatewayConfig } from './config.js'
import { createGateway } from './gateway.js'

const readOrExit = (): GatewayConfig => {
  try {
    return readGatewayConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}

const config = readOrExit()
const log = createLog({ name: 'gateway', level: config.logLevel })
const starting = new AbortController()
let stop: () => Promise<void> = async () => starting.abort()
let isStopping = false

const onSignal = (signal: string): void => {
  // A second signal ends at once.
  if (isStopping) process.exit(1)
  isStopping = true
  log.info({ signal }, 'the gateway is stopping')
  stop().then(
    () => process.exit(0),
    () => process.exit(1),
  )
}
process.on('SIGTERM', onSignal)
process.on('SIGINT', onSignal)

try {
  const gateway = await createGateway({ ...config, log, signal: starting.signal })
  stop = () => gateway.stop()
  log.info({ url: gateway.url }, 'the gateway is ready')
} catch (error) {
  if (!isStopping) {
    log.error({ error }, 'the gateway did not start')
    process.exit(1)
  }
}
