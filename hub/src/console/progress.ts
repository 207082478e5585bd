import type { Speech } from './speech.js'

/** Tells a waiting person what happens: one line per step with the seconds since the start; rewrites nothing, so that logs stay readable. */
export interface Progress {
  /** A step of the start. */
  readonly step: (speech: Speech) => void
  /** A sentence outside the counting. */
  say(speech: Speech): void
  done(): void
  elapsedMs(): number
}

const QUIET_MS = 3_000

/** Progress on a stream. On a terminal a line says every few seconds that a long step still works; elsewhere only steps are written. */
export const createProgress = (options: { readonly language: keyof Speech; readonly stream: NodeJS.WriteStream }): Progress => {
  const { language, stream } = options
  const startedMs = performance.now()
  const elapsedMs = (): number => performance.now() - startedMs
  const stamp = (): string => `${(elapsedMs() / 1000).toFixed(1).padStart(5)} s`
  let spokeMs = startedMs
  const write = (line: string): void => {
    spokeMs = performance.now()
    stream.write(`${line}\n`)
  }
  const pulse = stream.isTTY
    ? setInterval(() => {
        if (performance.now() - spokeMs >= QUIET_MS) write(`${stamp()}  …`)
      }, 500)
    : null
  pulse?.unref()
  return {
    step: (speech) => write(`${stamp()}  ${speech[language]}`),
    say: (speech) => write(speech[language]),
    done: () => {
      if (pulse !== null) clearInterval(pulse)
    },
    elapsedMs,
  }
}
