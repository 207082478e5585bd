import type { Terminal } from '../console/terminal.js'
import { EXIT } from '../exit-codes.js'
import type { ImportReport } from './import-table.js'
import type { ImportOptions, Words } from './options.js'

/** Prints what became of an import, as a table or as JSON, and tells what to do next; returns the exit code. */
export const printResult = async (
  kind: string,
  report: ImportReport,
  options: ImportOptions,
  { terminal, say }: { readonly terminal: Terminal; readonly say: Words },
): Promise<number> => {
  const isDryRun = options.dryRun === true
  if (options.json === true) terminal.print(JSON.stringify({ ...report, isDryRun }))
  else terminal.print(await tableOf(kind, report, say))
  if (isDryRun) terminal.tell(say('试运行：未发送任何内容。', 'Dry run: nothing was sent.'))
  if (report.isResumed)
    terminal.tell(say('已从上次中断处继续；数字包含上次。', 'It went on where it was cut off; the numbers include what came before.'))
  if (report.isStopped) {
    terminal.tell(
      say(
        `已停在第 ${report.lines} 行。再次运行同一命令即可继续。`,
        `Stopped after line ${report.lines}. Run the same command again to go on.`,
      ),
    )
    return EXIT.impossible
  }
  if (report.rejectPath === null) return EXIT.ok
  const isWhole = kind === 'grid'
  terminal.tell(
    isWhole
      ? say(`✗ 未写入任何内容。原因见 ${report.rejectPath}`, `✗ Nothing was written. The reasons are in ${report.rejectPath}`)
      : say(
          `✗ ${report.rejected} 行被退回，原因见 ${report.rejectPath}。改正后再次运行同一命令：已导入的行不会重复。`,
          `✗ ${report.rejected === 1 ? 'One line was' : `${report.rejected} lines were`} rejected; the reasons are in ${report.rejectPath}. Correct them and run the same command again: what is in stays in, once.`,
        ),
  )
  return EXIT.refused
}

const tableOf = async (kind: string, report: ImportReport, say: Words): Promise<string> => {
  const { default: Table } = await import('cli-table3')
  const table = new Table({ colAligns: ['left', 'right'], style: { head: [], border: [] } })
  const read = kind === 'grid' ? say('要素', 'features') : say('读到第几行', 'last line')
  table.push(
    [read, report.lines],
    [say('已导入', 'accepted'), report.accepted],
    [say('早已导入', 'in the hub already'), report.duplicates],
    [say('退回', 'rejected'), report.rejected],
    [say('编码', 'encoding'), report.encoding],
  )
  return table.toString()
}
