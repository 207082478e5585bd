import { InvalidArgumentError, Option, type Command } from 'commander'

import type { GatewayCommandOptions } from '../commands/gateway.js'
import { parsePort } from '../console/parse-port.js'
import type { Terminal } from '../console/terminal.js'

const HELP = {
  en: `
Examples:
  commonhall gateway --supergraph supergraph.graphql
  commonhall gateway --supergraph supergraph.graphql --port 0 --subgraph-url reviews=http://127.0.0.1:4002/graphql
  commonhall gateway --config gateway.yaml --watch
  commonhall gateway --supergraph supergraph.graphql --forward-header authorization --introspection

The supergraph may be made by rover, Apollo's composition, Hive, Cosmo or ours (Federation 2, join v0.2 to v0.5). Nothing of the client
travels to a subgraph unless --forward-header names it. All settings: docs/guides/gateway-only.md
Signals: SIGHUP reads the supergraph again, Ctrl-C or SIGTERM drains and stops.
Exit codes: 0 stopped · 1 the supergraph is refused · 2 wrong settings · 3 the file or the port cannot be had`,
  zh: `
示例:
  commonhall gateway --supergraph supergraph.graphql
  commonhall gateway --supergraph supergraph.graphql --port 0 --subgraph-url reviews=http://127.0.0.1:4002/graphql
  commonhall gateway --config gateway.yaml --watch
  commonhall gateway --supergraph supergraph.graphql --forward-header authorization --introspection

超图可由 rover、Apollo、Hive、Cosmo 或本项目合成(Federation 2,join v0.2 至 v0.5)。除 --forward-header 指明者外,
客户端的任何内容都不会转发给子图。全部设置见 docs/guides/gateway-only.md
信号:SIGHUP 重新读取超图;Ctrl-C 或 SIGTERM 等待请求完成后停止。
退出码:0 已停止 · 1 超图被拒绝 · 2 设置有误 · 3 文件或端口不可用`,
} as const

const collectPair = (value: string, before: readonly string[] | undefined): string[] => {
  if (!/^[^=]+=.+/.test(value)) throw new InvalidArgumentError('name=URL is wanted, for example reviews=http://127.0.0.1:4002/graphql.')
  return [...(before ?? []), value]
}
const collect = (value: string, before: readonly string[] | undefined): string[] => [...(before ?? []), value]

/** Adds the command `gateway` to the program; the gateway's code is loaded when it is called. */
export const defineGateway = (root: Command, terminal: Terminal, exit: (code: number) => void): void => {
  const say = (zh: string, en: string): string => (terminal.language === 'zh' ? zh : en)
  root
    .command('gateway')
    .description(say('只运行网关:任意 Federation 2 超图', 'only the gateway: serve any Federation 2 supergraph'))
    .option('--supergraph <file>', say('超图 SDL 文件', 'the supergraph SDL'))
    .option('--config <file>', say('设置文件(YAML 或 JSON)', 'a file of settings (YAML or JSON)'))
    .option('--port <number>', say('端口(默认 4000;0 为任意空闲端口)', 'the port (default 4000; 0 picks a free one)'), parsePort)
    .option('--host <address>', say('监听地址(默认 127.0.0.1)', 'the address to listen at (default 127.0.0.1)'))
    .option(
      '--subgraph-url <name=url>',
      say('覆盖子图地址,可多次使用', "instead of a subgraph's routing URL; may be repeated"),
      collectPair,
    )
    .option(
      '--forward-header <name>',
      say('转发给子图的请求头,可多次使用', 'a header that travels to the subgraphs; may be repeated'),
      collect,
    )
    .option('--watch', say('文件变更时自动生效', 'take changes of the supergraph at once'))
    .option('--introspection', say('允许查询模式(开发用)', 'let clients ask about the schema (for development)'))
    .addOption(new Option('--log-level <level>', say('日志级别', 'what is logged')).choices(['debug', 'info', 'warn', 'error']))
    .addHelpText('after', HELP[terminal.language])
    .action(async (options: GatewayCommandOptions) => {
      exit(await (await import('../commands/gateway.js')).gateway(options, terminal))
    })
}
