import { InvalidArgumentError, Option, type Command } from 'commander'

import type { Terminal } from '../console/terminal.js'
import { wordsFor, type ImportOptions } from './options.js'

const collect = (value: string, before: readonly string[] | undefined): string[] => {
  if (!/^[^=]+=.+/.test(value)) throw new InvalidArgumentError('field=header is wanted, for example text=内容.')
  return [...(before ?? []), value]
}

const parseUrl = (value: string): string => {
  if (!URL.canParse(value) || !/^https?:/.test(value)) throw new InvalidArgumentError('an http or https address is wanted.')
  return value
}

/** Adds the command `import` with its three kinds of files to the program; its code is loaded when it is called. */
export const defineImport = (root: Command, terminal: Terminal, exit: (code: number) => void): void => {
  const say = wordsFor(terminal)
  const importing = root
    .command('import')
    .description(say('导入建议、居民名册或网格', 'import suggestions, a roll of residents, or a grid'))
  const add = (kind: 'suggestions' | 'residents' | 'grid', what: string): Command => {
    const command = importing
      .command(kind)
      .description(what)
      .argument(
        '<file>',
        kind === 'grid' ? say('GeoJSON 文件', 'a GeoJSON file') : say('CSV 文件(UTF-8 或 GBK)', 'a CSV file (UTF-8 or GBK)'),
      )
      .requiredOption('--community <id>', say('社区 id(com_…)', 'id of the community (com_…)'))
    if (kind !== 'grid')
      command
        .requiredOption(
          '--system <name>',
          say('原系统名称;与编号一起防止重复', 'name of the old system; with the number it prevents doubles'),
        )
        .option('--map <field=header>', say('字段对应的表头,可多次使用', 'header of a field; may be repeated'), collect)
        .addOption(
          new Option('--assent <form>', say('本人同意的形式', 'how the persons agreed')).choices([
            'SIGNED',
            'SPOKEN_WITNESSED',
            'RECORDED_CALL',
          ]),
        )
        .option('--witness <role>', say('口头同意的见证人(职务,不写姓名)', 'the role of the witness of a spoken assent, no name'))
    command
      .option('--token <token>', say('访问令牌(或环境变量 COMMONHALL_TOKEN)', 'access token (or the variable COMMONHALL_TOKEN)'))
      .option('--persona <name>', say('演示角色(默认 cadre)', 'persona of the demo (default cadre)'))
      .option('--url <address>', say('网关地址', 'address of the gateway'), parseUrl)
      .option('--data <folder>', say('数据文件夹(默认 .commonhall)', 'the data folder (default .commonhall)'))
      .option('--dry-run', say('只检查,不发送', 'check only, send nothing'))
      .option('--json', say('以 JSON 输出', 'print JSON'))
      .action(async (file: string, options: ImportOptions) => {
        exit(await (await import('./import-file.js')).importFile(kind, file, options, terminal))
      })
    return command
  }
  add('suggestions', say('导入建议(CSV)', 'import suggestions (CSV)'))
  add('residents', say('导入居民名册(CSV)', 'import a roll of residents (CSV)'))
  add('grid', say('导入网格边界(GeoJSON)', 'import the boundaries of a grid (GeoJSON)'))
}
