import { languageOf, type Language } from './speech.js'

/** What a command may know of the world around it; only this file reads the environment. */
export interface Terminal {
  readonly language: Language
  /** A person sits there: questions may be asked, colours shown. False in CI and in pipes. */
  readonly isInteractive: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The result, on standard output. */
  print(text: string): void
  /** The talk, on standard error. */
  tell(text: string): void
}

/** The terminal of this process. */
export const processTerminal = (): Terminal => ({
  language: languageOf(process.env),
  isInteractive: process.stdin.isTTY && process.stderr.isTTY && !process.env['CI'],
  environment: process.env,
  print: (text) => void process.stdout.write(`${text}\n`),
  tell: (text) => void process.stderr.write(`${text}\n`),
})

/** Where the hub of this project keeps its data, unless told otherwise; `npm` runs us in the project's folder. */
export const dataFolderOf = (terminal: Terminal, option: string | undefined): string =>
  option ?? terminal.environment['COMMONHALL_DATA'] ?? '.commonhall'

const DEFAULT_PORT = 4000

/** The gateway's port, unless told otherwise. A setting that is no port counts as none: the hub itself refuses it, with the reason. */
export const portOf = (terminal: Terminal, option: string | undefined): number => {
  const port = Number(option ?? terminal.environment['COMMONHALL_PORT'])
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : DEFAULT_PORT
}
