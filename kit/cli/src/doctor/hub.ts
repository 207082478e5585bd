import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

import type { Addresses } from '../data-folder/addresses.js'
import { fault, note, ok, type Finding } from './finding.js'

const TIMEOUT_MS = 3_000
/** Files that hold secrets. */
const PRIVATE_FILES = ['keys.json', 'postgres.json']

/** The data folder and the modes of the files with secrets. */
export const checkDataFolder = (dataDir: string): Finding[] => {
  if (!existsSync(dataDir))
    return [
      note('data', `尚无数据文件夹 ${dataDir}`, `no data folder yet at ${dataDir}`, {
        zh: 'npm start 会创建它。',
        en: 'npm start makes it.',
      }),
    ]
  const files = PRIVATE_FILES.filter((name) => existsSync(join(dataDir, name))).map((name): Finding => {
    const mode = statSync(join(dataDir, name)).mode & 0o777
    return (mode & 0o077) === 0
      ? ok(`keys.${name}`, `${name} 仅所有者可读`, `${name} is readable by its owner alone`)
      : fault(`keys.${name}`, `${name} 可被他人读取(${mode.toString(8)})`, `${name} may be read by others (${mode.toString(8)})`, {
          zh: `chmod 600 ${join(dataDir, name)}`,
          en: `chmod 600 ${join(dataDir, name)}`,
        })
  })
  return [ok('data', `数据文件夹 ${dataDir}`, `data folder ${dataDir}`), ...files]
}

/** One small question to each party that goes down to its database; anybody may ask it. */
const QUESTION = `query Doctor {
  departments { id }
  communities { id }
  nonprofits(first: 1) { nodes { id } }
  suggestions(first: 1) { nodes { id } }
}`

interface Answered {
  readonly errors?: ReadonlyArray<{ readonly extensions?: { readonly code?: string; readonly party?: string } }>
  readonly extensions?: { readonly parties?: Readonly<Record<string, { readonly state: string }>> }
}

/** What each party said to the question, by name: `up`, or the code of its fault. Empty when the gateway did not take it. */
const askParties = async (url: string): Promise<Record<string, string>> => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUESTION }),
      signal: AbortSignal.timeout(2 * TIMEOUT_MS),
    })
    const { errors = [], extensions } = (await answer.json()) as Answered
    const faultOf = (party: string): string | undefined => errors.find((error) => error.extensions?.party === party)?.extensions?.code
    return Object.fromEntries(
      Object.entries(extensions?.parties ?? {}).map(([party, { state }]) => [party, faultOf(party) ?? (state === 'ok' ? 'up' : state)]),
    )
  } catch {
    return {}
  }
}

/**
 * Each party by what it answers now (the gateway's own view is that of the last request, which may be long ago); a gateway that does not answer is a
 * fault only when a hub said it would.
 */
export const checkParties = async (url: string, known: Addresses | null): Promise<Finding[]> => {
  const health = `${url.replace(/\/graphql$/, '')}/health/ready`
  try {
    const answer = await fetch(health, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const { status, parties } = (await answer.json()) as { status: string; parties: Record<string, string> }
    const gateway =
      answer.status === 200
        ? ok('gateway', `网关就绪 ${url}`, `the gateway is ready at ${url}`)
        : fault('gateway', `网关未就绪(${status})`, `the gateway is ${status}`, {
            zh: '请稍候,或查看日志。',
            en: 'Wait a moment, or read its log.',
          })
    const said = answer.status === 200 ? await askParties(url) : {}
    return [gateway, ...Object.entries({ ...parties, ...said }).map(([party, state]) => partyFinding(party, state))]
  } catch {
    if (known === null)
      return [note('gateway', `枢纽未在运行(${url})`, `no hub is running at ${url}`, { zh: '启动:npm start', en: 'Start it: npm start' })]
    return [
      fault('gateway', `进程 ${known.pid} 存在,但 ${health} 没有应答`, `process ${known.pid} lives, but ${health} does not answer`, {
        zh: '请停止后重新启动(Ctrl-C,然后 npm start)。',
        en: 'Stop it and start it again (Ctrl-C, then npm start).',
      }),
    ]
  }
}

const partyFinding = (party: string, state: string): Finding =>
  state === 'up'
    ? ok(`party.${party}`, `${party} 正常`, `${party} is up`)
    : fault(`party.${party}`, `${party}:${state}`, `${party} is ${state}`, {
        zh: '其余各方不受影响;请查看该进程的日志,它会自动重启。',
        en: 'The others are not affected; read its log, it is started again by itself.',
      })
