import type { ReleaseReport } from '@commonhall/gateway'
import type { StandaloneSettings, SupergraphFault, SupergraphService } from '@commonhall/gateway/standalone'

import type { Language } from '../console/speech.js'
import type { Terminal } from '../console/terminal.js'
import { EXIT } from '../exit-codes.js'

const WORDS = {
  en: {
    ready: 'Commonhall gateway is ready',
    address: 'GraphQL',
    health: 'Health',
    release: 'Release',
    subgraphs: 'Subgraphs',
    process: 'Process',
    end: (pid: number, watch: boolean) =>
      `Ctrl-C stops, and running requests finish. ${watch ? 'Changes of the file are taken at once' : 'After a change of the file'}: kill -HUP ${pid}${watch ? ' does the same' : ''}`,
    stopping: 'Stopping; running requests finish (once more ends at once)',
    stopped: 'Stopped',
  },
  zh: {
    ready: 'Commonhall 网关已就绪',
    address: 'GraphQL',
    health: '健康状态',
    release: '版本',
    subgraphs: '子图',
    process: '进程',
    end: (pid: number, watch: boolean) =>
      `按 Ctrl-C 停止,正在处理的请求会完成。${watch ? '文件变更会立即生效' : '修改文件后运行'}:kill -HUP ${pid}${watch ? ' 亦可' : ''}`,
    stopping: '正在停止,等待请求完成(再按一次立即结束)',
    stopped: '已停止',
  },
} as const

/** The command's sentences in one language. */
export const gatewayWords = (language: Language): (typeof WORDS)[Language] => WORDS[language]

/** What a person reads when the gateway is up. */
export const announceGateway = (options: {
  readonly service: SupergraphService
  readonly settings: StandaloneSettings & { readonly supergraph: string }
  readonly language: Language
  readonly elapsedMs: number
}): string => {
  const { gateway } = options.service
  const words = WORDS[options.language]
  const line = (name: string, value: string): string => `  ${name}${options.language === 'zh' ? ':' : ': '}${value}`
  return [
    '',
    `✓ ${words.ready} (${(options.elapsedMs / 1000).toFixed(1)} s)`,
    '',
    line(words.address, gateway.url),
    line(words.health, `${gateway.url.replace(/\/graphql$/, '')}/health/ready`),
    line(words.release, `${gateway.releaseId.slice(0, 12)} (${options.settings.supergraph})`),
    line(words.subgraphs, Object.keys(gateway.ready().parties).join(', ')),
    line(words.process, String(process.pid)),
    '',
    words.end(process.pid, options.settings.watch),
    '',
  ].join('\n')
}

interface Refused extends Error {
  readonly faults: readonly (SupergraphFault | string)[]
}

const hasFaults = (error: unknown): error is Refused => error instanceof Error && Array.isArray((error as { faults?: unknown }).faults)

const sentenceOf = (fault: SupergraphFault | string, file: string, language: Language): string => {
  if (typeof fault === 'string') return fault
  const place = fault.line === undefined ? '' : `:${fault.line}:${fault.column ?? 1}`
  return `${file}${place}  ${fault[language]} [${fault.code}]`
}

const sentencesOf = (error: unknown, file: string, language: Language): string[] => {
  if (hasFaults(error)) return error.faults.map((fault) => sentenceOf(fault, file, language))
  return [error instanceof Error ? error.message : String(error)]
}

/** Says what became of a change of the file: a new release, nothing new, or why the last good one serves on. */
export const tellReload = (outcome: ReleaseReport | Error, file: string, terminal: Terminal): void => {
  const isChinese = terminal.language === 'zh'
  if (outcome instanceof Error) {
    terminal.tell(isChinese ? '✗ 新文件不可用,继续使用上一个版本:' : '✗ The file is refused; the last good release serves on:')
    for (const sentence of sentencesOf(outcome, file, terminal.language)) terminal.tell(`  ${sentence}`)
    return
  }
  const { id, isNew, warmed, refused, durationMs } = outcome
  const short = id.slice(0, 12)
  if (!isNew) terminal.tell(isChinese ? `= 文件内容未变(${short})` : `= The file says the same (${short})`)
  else {
    const lost = refused === 0 ? '' : isChinese ? `,${refused} 个常用查询不再有效` : `, ${refused} documents in use no longer fit`
    terminal.tell(
      isChinese
        ? `✓ 新版本 ${short} 已生效(${durationMs} ms,预热 ${warmed} 个查询${lost})`
        : `✓ Release ${short} serves now (${durationMs} ms, ${warmed} documents warmed${lost})`,
    )
  }
}

const SYSTEM: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ENOENT: { zh: '没有这个文件', en: 'there is no such file' },
  EACCES: { zh: '没有读取权限', en: 'it may not be read' },
  EISDIR: { zh: '是一个文件夹', en: 'it is a folder' },
}

const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '')

/** Says why the gateway did not start, and gives the exit code for it. What nobody foresaw is thrown on. */
export const tellGatewayRefusal = (error: unknown, file: string, terminal: Terminal): number => {
  const { language } = terminal
  const isChinese = language === 'zh'
  const name = error instanceof Error ? error.name : ''
  if (name === 'SupergraphUnreadable') {
    const { path, reason } = error as Error & { path: string; reason: string }
    terminal.tell(`✗ ${path}: ${SYSTEM[reason]?.[language] ?? reason}`)
    return EXIT.impossible
  }
  if (codeOf(error) === 'EADDRINUSE' || codeOf(error) === 'EACCES') {
    const { port } = error as Error & { port?: number }
    terminal.tell(
      isChinese
        ? `✗ 端口 ${port ?? ''} 不可用;请用 --port 选择另一个。`
        : `✗ The port ${port ?? ''} cannot be had; choose another with --port.`,
    )
    return EXIT.impossible
  }
  if (!hasFaults(error)) throw error
  terminal.tell(isChinese ? '✗ 网关没有启动:' : '✗ The gateway did not start:')
  for (const sentence of sentencesOf(error, file, language)) terminal.tell(`  ${sentence}`)
  return name === 'SupergraphRefused' ? EXIT.refused : EXIT.wrongUse
}
