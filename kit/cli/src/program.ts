import { readFileSync } from 'node:fs'

import { Command, CommanderError } from 'commander'

import { defineCheck } from './check/define-command.js'
import { parsePort } from './console/parse-port.js'
import { processTerminal, type Terminal } from './console/terminal.js'
import { EXIT } from './exit-codes.js'
import { defineGateway } from './gateway/define-command.js'
import { defineImport } from './import/define-command.js'

interface PlaceOptions {
  readonly port?: string
  readonly data?: string
}

const HELP = {
  en: `
Examples:
  commonhall start                      start everything on port 4000 (the same as npm start)
  commonhall start --port 4100 --split  each party in its own process
  commonhall token clerk                a token of the committee's clerk, nothing else, for scripts
  curl … -H "$(commonhall token clerk --header)"
  commonhall import suggestions old.csv --community com_… --system 12345 --assent SIGNED
  commonhall gateway --supergraph FILE  only the gateway, for the supergraph of any composer
  commonhall check --charter DIR …      compare schemas with the charter, without a hub
  commonhall explain FIELD_TAKEN        what a code of the check means
  commonhall doctor                     what is in order, and what to do about the rest
  commonhall reset                      forget all data of this folder

Inside the repository: npm run -s commonhall -- <command>
Exit codes: 0 done · 1 refused or not in order · 2 wrong use · 3 could not be done · start: 4 the port is taken`,
  zh: `
示例:
  commonhall start                      在 4000 端口启动全部服务(同 npm start)
  commonhall start --port 4100 --split  每一方独立进程
  commonhall token clerk                取社区受理员的令牌(只输出令牌,便于脚本使用)
  curl … -H "$(commonhall token clerk --header)"
  commonhall import suggestions 旧表.csv --community com_… --system 12345 --assent SIGNED
  commonhall gateway --supergraph 文件  只运行网关,支持任何合成工具的超图
  commonhall check --charter 文件夹 …   对照章程检查 schema,无需运行枢纽
  commonhall explain FIELD_TAKEN        解释检查的规则代码
  commonhall doctor                     逐项检查,并给出处理办法
  commonhall reset                      清除该数据文件夹

在仓库内:npm run -s commonhall -- <命令>
退出码:0 完成 · 1 被拒绝或有问题 · 2 用法错误 · 3 无法完成 · start:4 端口被占用`,
} as const

const version = (): string => {
  const { version: found } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
  return found
}

/**
 * The command `commonhall`. `run` returns the exit code; it never throws for wrong use.
 *
 * A command's code is loaded when it is called: `--help` must answer in the time of a key press.
 */
export const createProgram = (terminal: Terminal = processTerminal()): { run(words: readonly string[]): Promise<number> } => {
  const say = (zh: string, en: string): string => (terminal.language === 'zh' ? zh : en)
  let exitCode: number = EXIT.ok
  const root = new Command('commonhall')
    .description(say('社区共治的 GraphQL 联邦枢纽', 'The GraphQL federation hub for community governance'))
    .version(version())
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.print(text.trimEnd()), writeErr: (text) => terminal.tell(text.trimEnd()) })
    .showHelpAfterError(say('(用 --help 查看用法)', '(--help shows how)'))
    .addHelpText('after', HELP[terminal.language])

  const portOption = say('网关端口(默认 4000)', "the gateway's port (default 4000)")
  const dataOption = say('数据文件夹(默认 .commonhall)', 'the data folder (default .commonhall)')

  root
    .command('start')
    .alias('demo')
    .description(say('启动数据库、四个子图和网关', 'start database, four subgraphs and gateway'))
    .option('--port <number>', portOption, parsePort)
    .option('--data <folder>', dataOption)
    .option('--split', say('每个服务独立进程', 'each service in its own process'))
    .action(async (options: PlaceOptions & { split?: boolean }) => {
      exitCode = await (await import('./commands/start.js')).start(options)
    })

  root
    .command('token')
    .description(say('取演示角色的令牌', 'print the token of a demo persona'))
    .argument(
      '<persona>',
      say(
        'resident、neighbour、clerk、cadre、officer、worker、auditor、resident-of-other 等',
        'resident, neighbour, clerk, cadre, officer, worker, auditor, resident-of-other, cadre-of-other, officer-of-other, worker-of-other',
      ),
    )
    .option('--header', say('输出 curl 的请求头', 'print it as a header for curl'))
    .option('--port <number>', portOption, parsePort)
    .option('--data <folder>', dataOption)
    .option('--url <address>', say('身份提供方地址(拆分运行时)', "the identity provider's address (when it runs elsewhere)"))
    .action(async (persona: string, options: PlaceOptions & { header?: boolean; url?: string }) => {
      exitCode = await (await import('./commands/token.js')).token(persona, options, terminal)
    })

  root
    .command('doctor')
    .description(say('检查运行环境与各方状态', 'check the machine, the data folder and each party'))
    .option('--json', say('以 JSON 输出', 'print JSON'))
    .option('--port <number>', portOption, parsePort)
    .option('--data <folder>', dataOption)
    .action(async (options: PlaceOptions & { json?: boolean }) => {
      exitCode = await (await import('./commands/doctor.js')).doctor(options, terminal)
    })

  root
    .command('reset')
    .description(say('删除数据文件夹', 'delete the data folder'))
    .option('--data <folder>', dataOption)
    .option('--yes', say('不询问', 'do not ask'))
    .action(async (options: PlaceOptions & { yes?: boolean }) => {
      exitCode = await (await import('./commands/reset.js')).reset(options, terminal)
    })

  defineImport(root, terminal, (code) => (exitCode = code))
  defineGateway(root, terminal, (code) => (exitCode = code))
  defineCheck(root, terminal, (code) => (exitCode = code))

  return {
    async run(words) {
      if (words.length === 0) {
        terminal.print(root.helpInformation() + HELP[terminal.language])
        return EXIT.ok
      }
      try {
        await root.parseAsync(words, { from: 'user' })
        return exitCode
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error
        return error.exitCode === 0 ? EXIT.ok : EXIT.wrongUse
      }
    },
  }
}
