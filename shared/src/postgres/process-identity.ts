import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

import { errorCode } from './errors.js'

const attempt = <T>(read: () => T): T | null => {
  try {
    return read()
  } catch {
    return null
  }
}

const ps = (pid: number, field: string): string | null =>
  attempt(
    () =>
      execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null,
  )

/** Fields of /proc/<pid>/stat from the state on; the name before them may hold blanks and parentheses. */
const procStat = (pid: number): string[] | null =>
  attempt(() => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  })

/** Whether a process runs. A zombie (dead, but never waited for by its new parent, usual in containers) counts as dead. */
export const isAlive = (pid: number): boolean => {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    if (errorCode(error) !== 'EPERM') return false
  }
  const state = procStat(pid)?.[0]
  return state !== 'Z' && state !== 'X'
}

/**
 * When a process was started, as a text that only serves comparison: together with the pid it names one process, also after the pid was
 * given to another. Null where the system does not tell.
 */
export const processStartTime = (pid: number): string | null => {
  const ticks = procStat(pid)?.[19]
  if (ticks === undefined) return process.platform === 'linux' ? null : ps(pid, 'lstart')
  return `${attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? 'boot'}:${ticks}`
}

/** The space in which this process's pids have a meaning; differs between containers. Null where there is only one. */
export const pidNamespace = (): string | null => attempt(() => readlinkSync('/proc/self/ns/pid'))

/** Whether the process is a PostgreSQL server of exactly this cluster folder: the postmaster lives in its data folder. */
export const isPostmasterOf = (pid: number, clusterDir: string): boolean => {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') {
    const command = ps(pid, 'command') ?? ''
    return /\bpostgres\b/.test(command) && command.includes(clusterDir)
  }
  const command = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')) ?? []
  if (basename(command[0] ?? '') !== 'postgres') return false
  const cwd = attempt(() => readlinkSync(`/proc/${pid}/cwd`))
  return cwd === null ? command.includes(clusterDir) : cwd === clusterDir
}
