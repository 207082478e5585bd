import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'

import { fault, note, ok, type Finding } from './finding.js'

const TIMEOUT_MS = 2_000

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: TIMEOUT_MS })
    const end = (isOpen: boolean): void => {
      socket.destroy()
      resolve(isOpen)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })

/** Servers of the operator's own, by the settings that name them. */
const configured = (environment: Readonly<Record<string, string | undefined>>): Array<{ name: string; url: URL }> =>
  Object.entries(environment).flatMap(([name, value]) =>
    /^COMMONHALL_(ADMIN|\w+_DATABASE|EVENTS_OWNER)_URL$/.test(name) && value !== undefined && URL.canParse(value)
      ? [{ name, url: new URL(value) }]
      : [],
  )

/** Whether each database answers: configured ones by their address, the embedded one by what its folder says. No login is tried. */
export const checkDatabases = async (
  dataDir: string,
  isHubRunning: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Finding[]> => {
  const servers = configured(environment)
  if (servers.length > 0)
    return Promise.all(
      servers.map(async ({ name, url }) => {
        const place = `${url.hostname}:${url.port || 5432}`
        return (await answers(url.hostname, Number(url.port || 5432)))
          ? ok(`database.${name}`, `${name} 可以连接(${place})`, `${name} answers at ${place}`)
          : fault(`database.${name}`, `${name} 无法连接(${place})`, `${name} does not answer at ${place}`, {
              zh: '请检查服务器是否运行、地址与防火墙。',
              en: 'Check that the server runs, its address and the firewall.',
            })
      }),
    )
  const port = recordedPort(dataDir)
  if (port === null) return [note('database', '尚未创建内置数据库', 'no embedded database yet')]
  if (await answers('127.0.0.1', port))
    return [ok('database', `内置数据库在端口 ${port} 应答`, `the embedded database answers at port ${port}`)]
  return isHubRunning
    ? [
        fault('database', '内置数据库没有应答', 'the embedded database does not answer', {
          zh: `请查看 ${join(dataDir, 'postgres.log')}`,
          en: `Read ${join(dataDir, 'postgres.log')}`,
        }),
      ]
    : [note('database', '内置数据库未在运行', 'the embedded database is not running')]
}

const recordedPort = (dataDir: string): number | null => {
  try {
    return (JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { port: number }).port
  } catch {
    return null
  }
}
