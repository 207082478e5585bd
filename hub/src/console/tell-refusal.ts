import { EmbeddedPostgresError } from '@commonhall/shared/postgres'

import { StartRefusal } from './start-refusal.js'
import type { Speech } from './speech.js'
import { systemRefusal } from './system-refusal.js'

/**
 * Tells a person why the hub did not start, in one language with the remedy, and returns the exit code of the process.
 *
 * A bug is told with its stack: at a start nobody else sees it.
 */
export const tellRefusal = (error: unknown, to: { readonly language: keyof Speech; write(text: string): void }): number => {
  const heading = to.language === 'zh' ? '启动失败' : 'Commonhall did not start'
  const refusal = error instanceof StartRefusal ? error : error instanceof EmbeddedPostgresError ? null : systemRefusal(error)
  if (refusal !== null) {
    to.write(`\n✗ ${heading} (${refusal.code})\n  ${refusal.speech[to.language]}\n`)
    return refusal.exitCode
  }
  if (error instanceof EmbeddedPostgresError) {
    to.write(`\n✗ ${heading} (${error.code})\n  ${error.text[to.language]}\n  ${error.remedy[to.language]}\n`)
    return 3
  }
  to.write(`\n✗ ${heading}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
}
