import { dataFolderOf, portOf, type Terminal } from '../console/terminal.js'
import { readAddresses } from '../data-folder/addresses.js'
import { EXIT } from '../exit-codes.js'

const GRANT = 'urn:commonhall:demo:persona'
const TIMEOUT_MS = 5_000

interface TokenAnswer {
  readonly access_token?: string
  readonly error_description?: string
}

/**
 * Prints the access token of a demo persona on standard output, and nothing else, so that it can be put into a command.
 *
 * Asks the demo identity provider of the hub that runs on the data folder (or at the port or address that is given). A wrong name is answered with the names there are (exit 2), a hub that does not
 * answer with the remedy (exit 3).
 */
export const token = async (
  persona: string,
  options: { readonly port?: string; readonly data?: string; readonly url?: string; readonly header?: boolean },
  terminal: Terminal,
): Promise<number> => {
  const known = options.port === undefined ? readAddresses(dataFolderOf(terminal, options.data)) : null
  const base = options.url ?? known?.identityUrl ?? `http://127.0.0.1:${portOf(terminal, options.port)}/oidc`
  const isChinese = terminal.language === 'zh'
  const form = new URLSearchParams({ grant_type: GRANT, client_id: 'commonhall-cli', persona })
  let status: number
  let answer: TokenAnswer
  try {
    const response = await fetch(`${base}/token`, { method: 'POST', body: form, signal: AbortSignal.timeout(TIMEOUT_MS) })
    status = response.status
    answer = (await response.json()) as TokenAnswer
  } catch {
    terminal.tell(
      isChinese
        ? `✗ ${base} 没有应答。请先启动(npm start),或用 --port 指明端口。`
        : `✗ Nothing answers at ${base}. Start the hub first (npm start), or name its port with --port.`,
    )
    return EXIT.impossible
  }
  if (answer.access_token !== undefined) {
    terminal.print(options.header === true ? `authorization: Bearer ${answer.access_token}` : answer.access_token)
    return EXIT.ok
  }
  if (status === 404) {
    terminal.tell(
      isChinese
        ? `✗ ${base} 没有演示登录。拆分运行时请用 --data 指明数据文件夹(或用 --url 指明登录地址);生产模式没有演示登录。`
        : `✗ There is no demo sign-in at ${base}. When the hub runs with --split, name its data folder with --data (or the sign-in with --url); in production mode there is none.`,
    )
    return EXIT.refused
  }
  terminal.tell(`✗ ${answer.error_description ?? `${status}`}`)
  return EXIT.wrongUse
}
