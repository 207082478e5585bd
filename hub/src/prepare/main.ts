import { ConfigError } from '@commonhall/shared/config'
import { createLog } from '@commonhall/shared/telemetry'

import { readHubConfig } from '../config.js'
import { createProgress } from '../console/progress.js'
import { languageOf } from '../console/speech.js'
import { tellRefusal } from '../console/tell-refusal.js'
import { openKeys, readKeys } from '../keys/hub-keys.js'
import { openDatabases } from '../open-databases.js'
import { createTeardown } from '../teardown.js'
import { prepareForStart } from './prepare-for-start.js'

/** One-shot of `--split` and compose: makes databases where it may, migrates, loads the demo street, ends. Safe to run again. */
const language = languageOf(process.env)
const teardown = createTeardown()
const stopping = new AbortController()
process.on('SIGTERM', () => stopping.abort(new Error('stopped')))
process.on('SIGINT', () => stopping.abort(new Error('stopped')))

try {
  const config = readHubConfig(process.env)
  const log = createLog({ name: 'prepare', level: config.COMMONHALL_LOG_LEVEL })
  const progress = createProgress({ language, stream: process.stdout })
  const dataDir = config.COMMONHALL_DATA ?? '.commonhall'
  const keys = config.COMMONHALL_KEYS_FILE === undefined ? openKeys(dataDir) : readKeys(config.COMMONHALL_KEYS_FILE)
  const { databases } = await openDatabases({ dataDir, config, keys, teardown, progress: progress.step, log })
  await prepareForStart({ databases, config, keys, progress: progress.step, signal: stopping.signal })
  progress.done()
  await teardown.run()
} catch (error) {
  await teardown.run()
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  } else {
    process.exitCode = tellRefusal(error, { language, write: (text) => void process.stderr.write(text) })
  }
}
