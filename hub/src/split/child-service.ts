import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import type { Log } from '@commonhall/shared/telemetry'

import type { Service } from '../process-graph.js'

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000
/** After this long a child counts as well, and its next death starts with the shortest pause again. */
const SETTLED_MS = 30_000
const KILL_AFTER_MS = 7_000
const HEALTH_PAUSE_MS = 50
/** For the gateway, which makes far more short-lived objects than a party: room for them from the start (decision 0029). */
const YOUNG_ROOM = '--min-semi-space-size=16'

/** One child of a split hub. */
export interface ChildService {
  readonly name: Service['name']
  /** Resolves when its health answers 200 (or, for a one-shot, when it has ended with 0); rejects when it ends before that. */
  started(signal: AbortSignal): Promise<void>
  /** Asks it to end, waits, insists after 7 s. It is not started again. */
  stop(): Promise<void>
}

/**
 * Starts one service of the graph as a process whose lines go to ours with its name in front, and keeps it running: one that
 * dies after its start is started again with growing pauses (0.5 s to 10 s), and each death is logged.
 */
export const startChildService = (
  service: Service,
  options: {
    readonly environment: Readonly<Record<string, string | undefined>>
    readonly log: Log
    readonly write: (line: string, isError: boolean) => void
  },
): ChildService => {
  let child: ChildProcess
  let isStopping = false
  let isStarted = false
  let pauseMs = FIRST_PAUSE_MS
  let ended: Promise<number | null>

  const launch = (): void => {
    const launchedMs = performance.now()
    const preload = new URL('./die-with-parent.js', import.meta.url).href
    child = spawn(
      process.execPath,
      [...(service.name === 'gateway' ? [YOUNG_ROOM] : []), '--enable-source-maps', '--import', preload, ...service.command],
      {
        cwd: REPOSITORY,
        env: { ...inherited(options.environment), ...service.environment },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        // Ctrl-C in the terminal must reach the supervisor alone, which stops its children in order.
        detached: true,
      },
    )
    for (const [stream, isError] of [
      [child.stdout, false],
      [child.stderr, true],
    ] as const)
      if (stream !== null)
        createInterface({ input: stream }).on('line', (line) => options.write(`${service.name.padEnd(10)} | ${line}`, isError))
    ended = new Promise((resolve) => {
      child.once('error', () => resolve(null))
      child.once('exit', (code) => resolve(code))
    })
    void ended.then((code) => relaunch(code, performance.now() - launchedMs))
  }

  const relaunch = async (code: number | null, livedMs: number): Promise<void> => {
    if (isStopping || !isStarted || service.health === null) return
    if (livedMs > SETTLED_MS) pauseMs = FIRST_PAUSE_MS
    options.log.error({ party: service.name, code, durationMs: pauseMs }, 'a service died and will be started again')
    await sleep(pauseMs)
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    if (!isStopping) launch()
  }

  launch()
  return {
    name: service.name,
    async started(signal) {
      if (service.health === null) {
        const code = await ended
        if (code !== 0) throw new Error(`${service.name} ended with ${code ?? 'a signal'}`)
      } else {
        const url = `http://127.0.0.1:${service.health.port}${service.health.path}`
        const death = ended.then((code) => {
          throw new Error(`${service.name} ended with ${code ?? 'a signal'} before it was ready`)
        })
        await Promise.race([death, isHealthy(url, signal)])
      }
      isStarted = true
    },
    async stop() {
      isStopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const insist = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
      await ended
      clearTimeout(insist)
    },
  }
}

/** The environment without settings of the hub: each service gets exactly its own. */
const inherited = (environment: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('COMMONHALL_')))

const isHealthy = async (url: string, signal: AbortSignal): Promise<void> => {
  for (;;) {
    signal.throwIfAborted()
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null)
    if (answer?.ok === true) return
    await sleep(HEALTH_PAUSE_MS)
  }
}
