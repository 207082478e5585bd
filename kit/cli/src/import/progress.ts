import type { Terminal } from '../console/terminal.js'
import type { Words } from './options.js'

/** Shows how far an import is. */
export interface Progress {
  show(now: { readonly line: number; readonly accepted: number; readonly rejected: number }): void
  /** Ends the line, so that what is told next begins at its own. */
  done(): void
}

const SHOWN_EVERY_MS = 200

/** One line on standard error that is drawn anew; silent where no person sits (CI, pipes). */
export const progressOf = (
  terminal: Terminal,
  say: Words,
  write: (text: string) => void = (text) => void process.stderr.write(text),
): Progress => {
  const startMs = performance.now()
  let shownMs = -Infinity
  let firstLine: number | null = null
  return {
    show({ line, accepted, rejected }) {
      const nowMs = performance.now()
      firstLine ??= line
      if (!terminal.isInteractive || nowMs - shownMs < SHOWN_EVERY_MS) return
      shownMs = nowMs
      const perSecond = Math.round((line - firstLine) / Math.max(0.001, (nowMs - startMs) / 1000))
      const text = say(
        `第 ${line} 行 · 接收 ${accepted} · 退回 ${rejected} · ${perSecond} 行/秒`,
        `line ${line} · accepted ${accepted} · rejected ${rejected} · ${perSecond} lines/s`,
      )
      write(`\r${text}\u001b[K`)
    },
    done() {
      if (shownMs > -Infinity) write('\r\u001b[K')
    },
  }
}
