import { InvalidArgumentError, Option, type Command } from 'commander'

import type { CheckOptions } from '../commands/check.js'
import type { Terminal } from '../console/terminal.js'

const HELP = {
  en: `
Examples:
  commonhall check --charter charter --subgraph residents=subgraphs/residents/schema.graphql --subgraph …
  commonhall check --charter charter --subgraph meals=meals.graphql --subgraph … --format github
  commonhall check … --format json | jq '.findings[].coordinate'

Needs no hub and no network. Give the schemas of all parties: whether a field is another's can only be seen beside the owner's schema.
The JSON is described in docs/reference/check-report.schema.json, each code by commonhall explain CODE.
Exit codes: 0 clean · 1 findings, or the schemas do not compose · 2 wrong use · 3 a file could not be read, or the charter is not valid`,
  zh: `
示例:
  commonhall check --charter charter --subgraph residents=subgraphs/residents/schema.graphql --subgraph …
  commonhall check --charter charter --subgraph meals=meals.graphql --subgraph … --format github
  commonhall check … --format json | jq '.findings[].coordinate'

无需运行枢纽,不访问网络。请给出所有各方的 schema:某字段是否属于他方,只有与其拥有者的 schema 对照才能看出。
JSON 的说明见 docs/reference/check-report.schema.json;每个代码用 commonhall explain 代码 查看。
退出码:0 无发现 · 1 有发现或无法合成 · 2 用法错误 · 3 文件无法读取或章程无效`,
} as const

const collectFile = (value: string, before: readonly string[] | undefined): string[] => {
  if (!/^[a-z][a-z-]*=.+/.test(value)) throw new InvalidArgumentError('NAME=FILE is wanted, for example residents=schema.graphql.')
  const name = value.slice(0, value.indexOf('='))
  if (before?.some((other) => other.startsWith(`${name}=`))) throw new InvalidArgumentError(`${name} is given twice.`)
  return [...(before ?? []), value]
}

/** Adds the commands `check` and `explain` to the program; their code is loaded when they are called. */
export const defineCheck = (root: Command, terminal: Terminal, exit: (code: number) => void): void => {
  const say = (zh: string, en: string): string => (terminal.language === 'zh' ? zh : en)
  const language = (): Option => new Option('--lang <language>', say('语言', 'language of the texts')).choices(['zh', 'en'])
  root
    .command('check')
    .description(say('对照章程检查 schema,并试合成', 'compare schemas with the charter, and compose them'))
    .requiredOption('--charter <folder>', say('章程文件夹', 'the folder of the charter'))
    .requiredOption('--subgraph <name=file>', say('子图的 SDL 文件,可多次使用', 'SDL of a subgraph; may be repeated'), collectFile)
    .addOption(
      new Option('--format <format>', say('输出格式', 'how the result is printed')).choices(['text', 'json', 'github']).default('text'),
    )
    .addOption(language())
    .addHelpText('after', HELP[terminal.language])
    .action(async (options: CheckOptions) => {
      exit(await (await import('../commands/check.js')).check(options, terminal))
    })
  root
    .command('explain')
    .description(say('解释检查的规则代码', "explain a code of the check's findings"))
    .argument('<code>', say('规则代码', 'the code of a rule'))
    .addOption(language())
    .action(async (code: string, options: { lang?: Terminal['language'] }) => {
      exit(await (await import('../commands/explain.js')).explain(code, options, terminal))
    })
}
