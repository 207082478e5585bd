import { resolve } from 'node:path'

import type { Hub } from '../hub.js'
import { sampleQueries, type SampleQuery } from './sample-queries.js'
import type { Speech } from './speech.js'

const WORDS = {
  ready: { zh: 'Commonhall 已就绪', en: 'Commonhall is ready' },
  gateway: { zh: 'GraphQL 网关', en: 'GraphQL gateway' },
  health: { zh: '健康状态', en: 'Health' },
  signIn: { zh: '演示登录', en: 'Demo sign-in' },
  data: { zh: '数据文件夹', en: 'Data folder' },
  try: { zh: '试一试(复制到另一个终端,在项目目录下运行)', en: 'Try it (paste into another terminal, in the project folder)' },
  token: { zh: '扮演他人:取一小时有效的令牌', en: 'Be somebody: a token that is good for one hour' },
  personas: { zh: '可用角色', en: 'Personas' },
  end: {
    zh: '按 Ctrl-C 停止;数据会保留。重新开始:',
    en: 'Ctrl-C stops; the data stays. To begin anew: ',
  },
} as const satisfies Record<string, Speech>

/** What a person reads when the hub is ready: addresses, three queries to paste, and how to be somebody. */
export const announce = (options: { readonly hub: Hub; readonly language: keyof Speech; readonly elapsedMs: number }): string => {
  const { hub, language } = options
  const word = (name: keyof typeof WORDS): string => WORDS[name][language]
  const base = hub.url.replace(/\/graphql$/, '')
  const address = (name: keyof typeof WORDS, value: string): string => `  ${word(name)}${language === 'zh' ? ':' : ': '}${value}`
  return [
    '',
    `✓ ${word('ready')} (${(options.elapsedMs / 1000).toFixed(1)} s)`,
    '',
    address('gateway', hub.url),
    address('health', `${base}/health/ready`),
    ...(hub.identityUrl === null ? [] : [address('signIn', `${hub.identityUrl}/.well-known/openid-configuration`)]),
    address('data', hub.dataDir),
    ...(hub.personas === null ? [] : samples(hub, language)),
    '',
    `${word('end')}npm run commonhall -- reset${dataOption(hub)}`,
    '',
  ].join('\n')
}

const samples = (hub: Hub, language: keyof Speech): string[] => [
  '',
  WORDS.try[language],
  ...sampleQueries({ communityId: hub.sampleCommunity, nowMs: Date.now() }).flatMap((sample, index) => [
    '',
    `  ${index + 1}. ${sample.title[language]}`,
    '',
    `  ${curlOf(hub, sample)}`,
  ]),
  '',
  `${WORDS.token[language]}:`,
  `  npm run -s commonhall -- token clerk${dataOption(hub)}`,
  `  ${WORDS.personas[language]}: ${(hub.personas ?? []).map(({ name }) => name).join(', ')}`,
]

/** The command finds the hub of the usual data folder by itself; every other one must be named, above all to `reset`. */
const dataOption = (hub: Hub): string => (hub.dataDir === resolve('.commonhall') ? '' : ` --data ${asWord(hub.dataDir)}`)

/** A path as one word of a shell. */
const asWord = (path: string): string => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`)

const curlOf = (hub: Hub, sample: SampleQuery): string => {
  const { persona, query, variables } = sample
  const token = persona === null ? '' : ` -H "$(npm run -s commonhall -- token ${persona} --header${dataOption(hub)})"`
  const body = JSON.stringify(Object.keys(variables).length === 0 ? { query } : { query, variables })
  return `curl -s ${hub.url} -H 'content-type: application/json'${token} -d '${body}'`
}
