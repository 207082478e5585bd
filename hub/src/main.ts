import { parseArgs } from 'node:util'

import { ConfigError } from '@commonhall/shared/config'
import { createLog } from '@commonhall/shared/telemetry'

import { readHubConfig, type HubConfig } from './config.js'
import { announce } from './console/announce.js'
import { createProgress } from './console/progress.js'
import { tellRefusal } from './console/tell-refusal.js'
import { languageOf } from './console/speech.js'
import { startHub, type Hub } from './hub.js'

/** A supervisor kills after 10 s; an own end is better, and the embedded database is adopted by the next start. */
const STOP_DEADLINE_MS = 9_500
/** Signals this close together are one wish to stop, passed on by several processes. */
const SIGNAL_ECHO_MS = 1_000

const language = languageOf(process.env)

const readSettings = (): { config: HubConfig; dataDir: string; port: number; isSplit: boolean } => {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, data: { type: 'string' }, split: { type: 'boolean', default: false } },
  })
  // An option is a setting said aloud: it goes through the same model and the same refusals.
  const environment = { ...process.env, ...(values.port === undefined ? {} : { COMMONHALL_PORT: values.port }) }
  const config = readHubConfig(environment)
  return { config, dataDir: values.data ?? config.COMMONHALL_DATA ?? '.commonhall', port: config.COMMONHALL_PORT, isSplit: values.split }
}

const run = async (): Promise<void> => {
  const settings = readSettings()
  const log = createLog({ name: 'hub', level: settings.config.COMMONHALL_LOG_LEVEL })
  const progress = createProgress({ language, stream: process.stdout })
  const starting = new AbortController()
  let hub: Hub | null = null
  let isStopping = false
  let stoppingSinceMs = 0

  const stop = (signal: NodeJS.Signals): void => {
    // One press or one order can arrive several times: from the terminal's group, from npm and from the CLI, each passing it on.
    if (isStopping && performance.now() - stoppingSinceMs < SIGNAL_ECHO_MS) return
    if (isStopping) process.exit(1)
    isStopping = true
    stoppingSinceMs = performance.now()
    progress.say({ zh: '正在停止,请稍候(再按一次 Ctrl-C 立即结束)', en: 'Stopping; once more ends at once' })
    log.info({ signal }, 'the hub is stopping')
    starting.abort(new Error('stopped'))
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref()
    if (hub !== null) void end(hub)
  }
  const end = async (running: Hub): Promise<void> => {
    const failed = await running.stop()
    for (const part of failed) log.error({ party: part }, 'did not stop cleanly')
    progress.say({ zh: '已停止,数据已保存', en: 'Stopped; the data is kept' })
    process.exit(failed.length === 0 ? 0 : 1)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)

  try {
    hub = await startHub({ ...settings, environment: process.env, progress: progress.step, log, signal: starting.signal })
  } catch (error) {
    // A start that was called off has already undone everything.
    if (isStopping) process.exit(0)
    throw error
  }
  if (isStopping) return end(hub)
  progress.done()
  process.stdout.write(announce({ hub, language, elapsedMs: progress.elapsedMs() }))
}

// A reader that goes away (npm start | head) must not end a hub that others use.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)

run().catch((error: unknown) => {
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
  process.exit(tellRefusal(error, { language, write: (text) => void process.stderr.write(text) }))
})
