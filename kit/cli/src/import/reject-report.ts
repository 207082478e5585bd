import { createWriteStream, type WriteStream } from 'node:fs'
import { once } from 'node:events'

/** One line that was not taken, and why. */
export interface Rejection {
  readonly line: number
  readonly field: string | null
  readonly code: string
  readonly message: string
}

/** Writes the lines that were not taken. */
export interface RejectReport {
  readonly path: string
  add(rejections: readonly Rejection[]): Promise<void>
  close(): Promise<void>
}

const quote = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/**
 * Opens `<file>.rejected.csv`: line, field, code, reason; UTF-8 with a byte order mark, so that office programs show Chinese.
 *
 * It never holds what the line said: the line number leads back to the file, and the report may be passed on.
 */
export const openRejectReport = (file: string, isResumed: boolean): RejectReport => {
  const path = `${file}.rejected.csv`
  let stream: WriteStream | null = null
  const write = async (text: string): Promise<void> => {
    if (stream === null) {
      stream = createWriteStream(path, { flags: isResumed ? 'a' : 'w' })
      if (!isResumed) stream.write('\ufeffline,field,code,reason\r\n')
    }
    if (!stream.write(text)) await once(stream, 'drain')
  }
  return {
    path,
    async add(rejections) {
      if (rejections.length === 0) return
      await write(
        rejections
          .map(({ line, field, code, message }) => `${[String(line), field ?? '', code, message].map(quote).join(',')}\r\n`)
          .join(''),
      )
    },
    async close() {
      if (stream === null) return
      stream.end()
      await once(stream, 'finish')
    },
  }
}
