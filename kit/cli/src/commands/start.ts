import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { EXIT } from '../exit-codes.js'

/** Room for short-lived objects from the start, and not once V8 has seen enough of them: a large answer costs a seventh less (decision 0029). */
const YOUNG_ROOM = '--min-semi-space-size=16'

/**
 * Starts the hub as a process of its own and stays until it ends; signals go on to it, its exit code comes back.
 *
 * On a terminal Ctrl-C reaches both: the hub drains, and this process only waits.
 */
export const start = (options: { readonly port?: string; readonly data?: string; readonly split?: boolean }): Promise<number> => {
  const hub = fileURLToPath(new URL('../../../../hub/dist/main.js', import.meta.url))
  const words = [
    ...(options.port === undefined ? [] : ['--port', options.port]),
    ...(options.data === undefined ? [] : ['--data', options.data]),
    ...(options.split === true ? ['--split'] : []),
  ]
  const child = spawn(process.execPath, [YOUNG_ROOM, '--enable-source-maps', hub, ...words], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to its whole group, and the hub takes a second one as "at once": it must not get each of them twice.
  const isSharedByTerminal = process.stdin.isTTY
  process.on('SIGINT', () => {
    if (!isSharedByTerminal) child.kill('SIGINT')
  })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((resolve) => {
    child.once('error', () => resolve(EXIT.impossible))
    child.once('exit', (code) => resolve(code ?? EXIT.refused))
  })
}
