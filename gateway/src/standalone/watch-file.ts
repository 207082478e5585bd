import { unwatchFile, watchFile, type StatsListener } from 'node:fs'

const PAUSE_MS = 500

/**
 * Calls back when a file has other content, or is there again; gives the way to stop.
 *
 * Looks every half second instead of waiting for events of the file system: those do not come from mounted volumes, and a
 * Kubernetes ConfigMap changes by a link above the file. What is half written is read again when it has grown.
 */
export const watchContent = (path: string, onChange: () => void): (() => void) => {
  const listener: StatsListener = (now, before) => {
    const isThere = now.mtimeMs !== 0
    if (isThere && (now.mtimeMs !== before.mtimeMs || now.size !== before.size || now.ino !== before.ino)) onChange()
  }
  watchFile(path, { interval: PAUSE_MS, persistent: false }, listener)
  return () => unwatchFile(path, listener)
}
