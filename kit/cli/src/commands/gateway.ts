import type { ReleaseReport } from '@commonhall/gateway'
import type { StandaloneFlags, SupergraphService } from '@commonhall/gateway/standalone'

import type { Terminal } from '../console/terminal.js'
import { EXIT } from '../exit-codes.js'
import { announceGateway, gatewayWords, tellGatewayRefusal, tellReload } from '../gateway/speech.js'

/** Options as commander gives them. */
export interface GatewayCommandOptions {
  readonly supergraph?: string
  readonly config?: string
  readonly port?: string
  readonly host?: string
  readonly subgraphUrl?: readonly string[]
  readonly forwardHeader?: readonly string[]
  readonly watch?: boolean
  readonly introspection?: boolean
  readonly logLevel?: string
}

/** Below the 10 s after which supervisors kill. */
const STOP_DEADLINE_MS = 9_500

const flagsOf = (options: GatewayCommandOptions): StandaloneFlags => ({
  ...(options.supergraph === undefined ? {} : { supergraph: options.supergraph }),
  ...(options.config === undefined ? {} : { config: options.config }),
  ...(options.port === undefined ? {} : { port: Number(options.port) }),
  ...(options.host === undefined ? {} : { host: options.host }),
  ...(options.watch === true ? { watch: true } : {}),
  ...(options.introspection === true ? { introspection: true } : {}),
  ...(options.subgraphUrl === undefined ? {} : { subgraphUrls: options.subgraphUrl }),
  ...(options.forwardHeader === undefined ? {} : { forwardHeaders: options.forwardHeader }),
  ...(options.logLevel === undefined ? {} : { logLevel: options.logLevel }),
})

/** Resolves with the exit code when a signal has ended the service; a second one ends the process at once. */
const untilStopped = (service: SupergraphService, terminal: Terminal): Promise<number> =>
  new Promise((resolve) => {
    let isStopping = false
    const stop = (): void => {
      if (isStopping) process.exit(EXIT.refused)
      isStopping = true
      terminal.tell(gatewayWords(terminal.language).stopping)
      setTimeout(() => process.exit(EXIT.refused), STOP_DEADLINE_MS).unref()
      service.stop().then(
        () => {
          terminal.tell(gatewayWords(terminal.language).stopped)
          resolve(EXIT.ok)
        },
        () => resolve(EXIT.refused),
      )
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })

/**
 * Serves a supergraph file made by any Federation 2 composer, and stays until a signal ends it.
 *
 * Prints the address and the subgraphs on standard output; says on standard error why a file was refused, with its place. Exit codes:
 * 2 for wrong settings, 1 for a supergraph that is refused, 3 for a file or port that cannot be had, 0 after a signal.
 */
export const gateway = async (options: GatewayCommandOptions, terminal: Terminal): Promise<number> => {
  const startedMs = performance.now()
  const [{ readStandaloneSettings, serveSupergraph }, { createLog }] = await Promise.all([
    import('@commonhall/gateway/standalone'),
    import('@commonhall/shared/telemetry'),
  ])
  try {
    const settings = readStandaloneSettings(flagsOf(options), terminal.environment)
    const log = createLog({ name: 'gateway', level: settings.logLevel })
    const onReload = (outcome: ReleaseReport | Error): void => tellReload(outcome, settings.supergraph, terminal)
    const service = await serveSupergraph(settings, { log, onReload })
    process.on('SIGHUP', () => void service.reload().then(onReload, onReload))
    terminal.print(announceGateway({ service, settings, language: terminal.language, elapsedMs: performance.now() - startedMs }))
    return await untilStopped(service, terminal)
  } catch (error) {
    return tellGatewayRefusal(error, options.supergraph ?? options.config ?? '', terminal)
  }
}
