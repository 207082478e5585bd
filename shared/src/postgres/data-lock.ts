import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { openDataFolder } from './data-folder.js'
import { DataFolderInUseError, errorCode } from './errors.js'
import { isAlive, pidNamespace, processStartTime } from './process-identity.js'

const HEARTBEAT_MS = 3_000
/** Longer than two heartbeats: silence of that length from another container means that its holder is gone. */
const SILENCE_MS = 8_000

interface Holder {
  readonly pid: number
  readonly startTime: string | null
  readonly namespace: string | null
  /** Tells two locks of one process apart. */
  readonly token: string
}

/** A held lock. Releasing twice is harmless; a lock that was taken over meanwhile is left alone. */
export interface DataFolderLock {
  release(): Promise<void>
}

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

const parse = (text: string): Holder | null => {
  try {
    return JSON.parse(text) as Holder
  } catch {
    return null // written by something else, or torn by a power cut: nobody holds it
  }
}

/** Pids of another container mean nothing here: only the heartbeat in the file's time tells whether its holder lives. */
const beats = async (path: string): Promise<boolean> => {
  const time = (): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const before = time()
  const until = performance.now() + SILENCE_MS
  while (performance.now() < until) {
    await sleep(250)
    if (time() !== before) return true
  }
  return false
}

const isHeld = async (path: string, holder: Holder | null): Promise<boolean> => {
  if (holder === null) return false
  if (holder.namespace !== pidNamespace()) return beats(path)
  if (!isAlive(holder.pid)) return false
  const startTime = processStartTime(holder.pid)
  return startTime === null || holder.startTime === null || startTime === holder.startTime
}

/** Moves a stale lock away. When another start was faster and its fresh lock was moved instead, that one is put back. */
const removeStale = (path: string, stale: string, token: string): void => {
  const aside = `${path}.stale-${token}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return
    throw error
  }
  if (read(aside) !== stale) {
    try {
      linkSync(aside, path)
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
  }
  rmSync(aside, { force: true })
}

/**
 * Takes the lock file `path` for this process, or throws {@link DataFolderInUseError} for `dataDir` while a living process has it.
 *
 * The lock of a dead process (or of one whose pid now belongs to another) is taken over. `waitMs`: how long to wait for a living holder.
 */
export const acquireLock = async (dataDir: string, path: string, waitMs = 0): Promise<DataFolderLock> => {
  const token = `${process.pid}-${Math.random().toString(36).slice(2)}`
  const holder: Holder = { pid: process.pid, startTime: processStartTime(process.pid), namespace: pidNamespace(), token }
  const text = JSON.stringify(holder)
  const own = `${path}.new-${token}`
  const until = performance.now() + waitMs
  writeFileSync(own, text, { mode: 0o600, flag: 'wx' })
  try {
    for (;;) {
      try {
        // Appears with its content or not at all, and never over another's.
        linkSync(own, path)
        // Two starts that found the same stale lock may have crossed: only the file tells who won.
        await sleep(20)
        if (read(path) === text) break
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw error
      }
      const found = read(path)
      if (found === null) continue
      const other = parse(found)
      if (!(await isHeld(path, other))) {
        removeStale(path, found, token)
        continue
      }
      if (performance.now() >= until)
        throw new DataFolderInUseError(dataDir, other?.namespace === holder.namespace ? (other?.pid ?? null) : null)
      await sleep(50)
    }
  } finally {
    rmSync(own, { force: true })
  }
  const beat = setInterval(() => {
    try {
      if (read(path) === text) utimesSync(path, new Date(), new Date())
    } catch {
      // the folder was removed under us: the lock has nothing left to guard
    }
  }, HEARTBEAT_MS)
  beat.unref()
  return {
    release: async () => {
      clearInterval(beat)
      if (read(path) === text) rmSync(path, { force: true })
    },
  }
}

/**
 * Holds a data folder for this process, so that a second hub on it is refused with {@link DataFolderInUseError} (pid of the holder, both
 * languages, remedy) before it touches anything.
 *
 * The file `<dataDir>/commonhall.lock` names pid and start time; after kill -9 or a reboot the next start takes it over without a question.
 * Between containers that share a volume the file's heartbeat decides, which may take 8 s. The folder is made if missing.
 */
export const lockDataFolder = async (dataDir: string): Promise<DataFolderLock> => {
  const folder = openDataFolder(dataDir)
  return acquireLock(folder, join(folder, 'commonhall.lock'))
}
