import { accessSync, closeSync, constants, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import { diskFull, EmbeddedPostgresError, errorCode, isDiskFull } from './errors.js'

/**
 * Makes the data folder if missing and gives its real path, so that two spellings mean one folder.
 *
 * Closed to others; root leaves the right to pass through (0711), because the server's user must reach its cluster inside. Refuses with
 * DATA_FOLDER_UNUSABLE what is no folder or may not be written.
 */
export const openDataFolder = (dataDir: string): string => {
  try {
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
    return realpathSync(dataDir)
  } catch (cause) {
    if (isDiskFull(errorCode(cause))) throw diskFull(dataDir, cause)
    throw new EmbeddedPostgresError(
      'DATA_FOLDER_UNUSABLE',
      {
        zh: `无法使用数据文件夹 ${dataDir}(${errorCode(cause)})。`,
        en: `The data folder ${dataDir} cannot be used (${errorCode(cause)}).`,
      },
      { zh: '请检查其权限,或用 --data 指定另一个文件夹。', en: 'Check who may write there, or choose another folder with --data.' },
      { cause },
    )
  }
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
