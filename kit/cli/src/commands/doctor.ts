import { resolve } from 'node:path'

import { dataFolderOf, portOf, type Terminal } from '../console/terminal.js'
import { readAddresses } from '../data-folder/addresses.js'
import { checkDatabases } from '../doctor/database.js'
import type { Finding } from '../doctor/finding.js'
import { checkDataFolder, checkParties } from '../doctor/hub.js'
import { checkClock, checkDisk, checkEmbeddedPostgres, checkNode, checkNpm, checkPort } from '../doctor/machine.js'
import { EXIT } from '../exit-codes.js'

/**
 * Examines machine, data folder, database and each party; prints one line per check, with a remedy under each that needs one.
 *
 * Changes nothing, and asks nobody but this machine's own hub and the configured databases. Exit 1 when there is a fault.
 */
export const doctor = async (
  options: { readonly port?: string; readonly data?: string; readonly json?: boolean },
  terminal: Terminal,
): Promise<number> => {
  const dataDir = resolve(dataFolderOf(terminal, options.data))
  const known = readAddresses(dataDir)
  const port = portOf(terminal, options.port)
  const url = options.port === undefined && known !== null ? known.url : `http://127.0.0.1:${port}/graphql`
  const parties = await checkParties(url, known)
  const isAnswering = parties.some(({ check, state }) => check === 'gateway' && state === 'ok')
  const findings: Finding[] = [
    checkNode(process.versions.node),
    checkNpm(),
    checkEmbeddedPostgres(),
    checkDisk(dataDir),
    checkClock(Date.now()),
    ...(isAnswering || known !== null ? [] : [await checkPort(port)]),
    ...checkDataFolder(dataDir),
    ...(await checkDatabases(dataDir, known !== null, terminal.environment)),
    ...parties,
  ]
  const faults = findings.filter(({ state }) => state === 'fault').length
  if (options.json === true) terminal.print(JSON.stringify({ ok: faults === 0, findings }, null, 2))
  else terminal.print(await asText(findings, faults, terminal))
  return faults === 0 ? EXIT.ok : EXIT.refused
}

const asText = async (findings: readonly Finding[], faults: number, terminal: Terminal): Promise<string> => {
  const { createColors } = (await import('picocolors')).default
  // The library takes CI for a terminal; logs there want none of it.
  const colour = createColors(terminal.isInteractive)
  const { language } = terminal
  const signs = { ok: colour.green('✓'), note: colour.yellow('·'), fault: colour.red('✗') }
  const lines = findings.flatMap((finding) => [
    `${signs[finding.state]} ${finding[language]}`,
    ...(finding.remedy === undefined ? [] : [`    → ${finding.remedy[language]}`]),
  ])
  const summary =
    faults === 0
      ? { zh: '一切正常。', en: 'Everything is in order.' }
      : { zh: `${faults} 项需要处理。`, en: faults === 1 ? '1 thing needs attention.' : `${faults} things need attention.` }
  return [...lines, '', summary[language]].join('\n')
}
