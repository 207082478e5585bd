import { readFileSync } from 'node:fs'

import type { Charter } from '@commonhall/shared/charter'

import { asText, asWorkflowCommands } from '../check/formats.js'
import { paintFor } from '../console/paint.js'
import type { Terminal } from '../console/terminal.js'
import { EXIT } from '../exit-codes.js'

/** Options as commander gives them. */
export interface CheckOptions {
  readonly charter: string
  readonly subgraph: readonly string[]
  readonly format: 'text' | 'json' | 'github'
  readonly lang?: Terminal['language']
}

/** The sentence of an error, without its class. */
const reasonOf = (error: unknown): string => String((error as { message?: unknown }).message ?? error)

/**
 * Compares SDL files with a charter folder, composes them, and prints the report. No hub and no network are needed.
 *
 * Exit codes: 0 clean, 1 findings or schemas that do not compose, 3 a file that cannot be read or a charter that is not valid. The
 * clock of this machine decides which grants stand.
 */
export const check = async (options: CheckOptions, terminal: Terminal): Promise<number> => {
  const language = options.lang ?? terminal.language
  const [{ CharterError, checkCharter, checkReport, formatCharterFault, readCharter }, { composeSupergraph }] = await Promise.all([
    import('@commonhall/shared/charter'),
    import('@commonhall/shared/composition'),
  ])
  let charter: Charter
  let subgraphs: { name: string; file: string; sdl: string }[]
  try {
    charter = readCharter(options.charter)
    subgraphs = options.subgraph.map((given) => {
      const separator = given.indexOf('=')
      const file = given.slice(separator + 1)
      return { name: given.slice(0, separator), file, sdl: readFileSync(file, 'utf8') }
    })
  } catch (error) {
    if (error instanceof CharterError) for (const fault of error.faults) terminal.tell(`✗ ${formatCharterFault(fault)}`)
    else terminal.tell(`✗ ${language === 'zh' ? '无法读取：' : 'Cannot be read: '}${reasonOf(error)}`)
    return EXIT.impossible
  }
  const findings = checkCharter({ charter, subgraphs, now: new Date() })
  const composed = composeSupergraph(subgraphs.map(({ name, sdl }) => ({ name, sdl, url: `local:${name}` })))
  const report = checkReport(findings, composed)
  if (options.format === 'json') terminal.print(JSON.stringify(report, null, 2))
  else if (options.format === 'text') terminal.print(asText(report, language, await paintFor(terminal)))
  else {
    const commands = asWorkflowCommands(report, language)
    if (commands !== '') terminal.print(commands)
  }
  return findings.length === 0 && composed.ok ? EXIT.ok : EXIT.refused
}
