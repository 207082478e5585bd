import { spawn } from 'node:child_process'

import { errorCode } from './errors.js'
import type { ServerAccount } from './account.js'

/** How a program ended; `spawnErrorCode` (`EACCES`, …) tells that it did not even begin. */
export interface ProgramResult {
  readonly exitCode: number | null
  readonly output: string
  readonly spawnErrorCode: string | null
}

/**
 * The environment of every PostgreSQL program: nothing of the caller's, so that no PG* or LD_* variable, language or time zone of the
 * machine reaches the server.
 */
export const serverEnvironment = (): Record<string, string> => ({ PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' })

/** Options of spawn that make the child run as the account; from `/`, because the caller's own folder may be closed to the account. */
export const spawnAs = (account: ServerAccount) => ({
  cwd: '/',
  env: serverEnvironment(),
  ...(account.isDropped ? { uid: account.uid, gid: account.gid } : {}),
})

/** Runs a short program of PostgreSQL as the account and collects what it says (stdout and stderr together); never throws. */
export const runProgram = (file: string, args: string[], account: ServerAccount, options: { stdin?: string; timeoutMs?: number } = {}) =>
  new Promise<ProgramResult>((resolve) => {
    const failed = (error: unknown): void =>
      resolve({ exitCode: null, output: String(error), spawnErrorCode: errorCode(error) || 'UNKNOWN' })
    try {
      const child = spawn(file, args, { ...spawnAs(account), stdio: 'pipe', timeout: options.timeoutMs ?? 120_000 })
      let output = ''
      const collect = (chunk: Buffer): void => void (output += chunk.toString('utf8'))
      child.stdout.on('data', collect)
      child.stderr.on('data', collect)
      child.stdin.on('error', () => {}) // a program that ended early does not read its input: its exit code tells more
      child.stdin.end(options.stdin ?? '')
      child.on('error', failed)
      child.on('close', (exitCode) => resolve({ exitCode, output, spawnErrorCode: null }))
    } catch (error) {
      failed(error)
    }
  })
