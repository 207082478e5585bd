import { dataFolderOf, type Terminal } from '../console/terminal.js'
import { readAddresses } from '../data-folder/addresses.js'

/** What the command `import` is given beside the file; checked for presence by the command line itself. */
export interface ImportOptions {
  readonly community: string
  readonly system?: string
  readonly map?: readonly string[]
  readonly assent?: string
  readonly witness?: string
  readonly token?: string
  readonly persona?: string
  readonly url?: string
  readonly data?: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** Text in the language of the person. */
export type Words = (zh: string, en: string) => string

/** How a terminal is spoken to. */
export const wordsFor =
  (terminal: Terminal): Words =>
  (zh, en) =>
    terminal.language === 'zh' ? zh : en

/** Where the hub and its demo sign-in answer: as told, else where the hub of the data folder says, else at the usual place. */
export const addressesFor = (options: ImportOptions, terminal: Terminal): { readonly url: string; readonly identityUrl: string } => {
  const known = options.url === undefined ? readAddresses(dataFolderOf(terminal, options.data)) : null
  const url = options.url ?? known?.url ?? 'http://127.0.0.1:4000/graphql'
  return { url, identityUrl: known?.identityUrl ?? new URL('/oidc', url).href }
}
