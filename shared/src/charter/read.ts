import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { assembleCharter } from './assemble.js'
import { CharterError } from './faults.js'
import type { Charter } from './model.js'

/**
 * Reads every `*.yaml` of a charter folder, for whoever starts or checks the hub. Synchronous: it happens once, before anything runs.
 *
 * Throws CharterError with all faults (file:line:column and remedy) when the agreement cannot be used. In messages the files are
 * named `<folder>/<file>`, wherever the folder lies.
 */
export function readCharter(directory: string): Charter {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ file: `${basename(directory)}/${name}`, text: readFileSync(join(directory, name), 'utf8') }))
  const assembled = assembleCharter(files)
  if (!assembled.ok) throw new CharterError(assembled.faults)
  return assembled.charter
}
