import { appendFileSync, existsSync, rmSync, statSync, truncateSync } from 'node:fs'

/** One line (or feature) that was not taken, and why. */
export interface Rejection {
  readonly line: number
  readonly field: string | null
  readonly code: string
  readonly message: string
}

/** Writes the lines that were not taken. */
export interface RejectReport {
  readonly path: string
  /** Bytes written so far: a checkpoint keeps them. */
  bytes(): number
  add(rejections: readonly Rejection[]): void
}

const quote = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

const HEADER = '\ufeffline,field,code,reason\r\n'

/**
 * Opens `<file>.rejected.csv`: line, field, code, reason; UTF-8 with a byte order mark, so that office programs show Chinese.
 *
 * It never holds what the line said: the line number leads back to the file, and the report may be passed on. `keepBytes` is how much of
 * the report of a run that was cut off still holds; 0 begins a new one. The file appears with its first line.
 */
export const openRejectReport = (file: string, keepBytes: number): RejectReport => {
  const path = `${file}.rejected.csv`
  if (keepBytes === 0) rmSync(path, { force: true })
  else if (existsSync(path) && statSync(path).size > keepBytes) truncateSync(path, keepBytes)
  let written = existsSync(path) ? statSync(path).size : 0
  return {
    path,
    bytes: () => written,
    add(rejections) {
      if (rejections.length === 0) return
      const lines = rejections.map(
        ({ line, field, code, message }) => `${[String(line), field ?? '', code, message].map(quote).join(',')}\r\n`,
      )
      const text = `${written === 0 ? HEADER : ''}${lines.join('')}`
      appendFileSync(path, text)
      written += Buffer.byteLength(text)
    },
  }
}
