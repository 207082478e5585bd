import { pino, type DestinationStream } from 'pino'

/** What most lines begin with: operations that went well. */
const QUIET = '{"level":"info"'
/** A turn that says more writes in between. */
const MOST_LENGTH = 64 * 1024

/**
 * Puts lines of level `info` that are written in one turn of the event loop together, so that a busy hub asks the system once for many;
 * any other line goes at once, with those that wait. `flush` writes what waits.
 */
export const gatherTurns = (
  write: (text: string) => void,
  afterTurn: (task: () => void) => void = setImmediate,
): DestinationStream & { flush(): void } => {
  let waiting = ''
  const flush = (): void => {
    const text = waiting
    waiting = ''
    if (text !== '') write(text)
  }
  return {
    write(line) {
      if (waiting === '' && line.startsWith(QUIET)) afterTurn(flush)
      waiting += line
      if (!line.startsWith(QUIET) || waiting.length > MOST_LENGTH) flush()
    },
    flush,
  }
}

let standardError: DestinationStream | null = null

/** Standard error, one for the process. Nothing is lost when the process ends by itself; when it is killed, at most the lines of its last turn. */
export const standardErrorLines = (): DestinationStream => {
  if (standardError !== null) return standardError
  const file = pino.destination({ fd: 2, sync: true })
  const lines = gatherTurns((text) => void file.write(text))
  process.on('exit', lines.flush)
  standardError = lines
  return lines
}
