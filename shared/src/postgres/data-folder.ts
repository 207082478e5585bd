import { closeSync, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes the data folder if missing and gives its real path, so that two spellings mean one folder.
 *
 * Closed to others; root leaves the right to pass through (0711), because the server's user must reach its cluster inside.
 */
export const openDataFolder = (dataDir: string): string => {
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  return realpathSync(dataDir)
}

/** Makes the latest creation, renaming or removal inside a folder survive a power cut. */
export const syncFolder = (folder: string): void => {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Writes a file that only its owner reads, whole or not at all, also across a power cut. */
export const writePrivateFile = (path: string, text: string): void => {
  const half = `${path}.new-${process.pid}`
  rmSync(half, { force: true })
  const handle = openSync(half, 'wx', 0o600)
  try {
    writeFileSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(half, path)
  syncFolder(dirname(path))
}
