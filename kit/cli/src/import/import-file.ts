import type { Terminal } from '../console/terminal.js'
import { EXIT } from '../exit-codes.js'
import { UnreadableTextError } from './encoding.js'
import { GridFileError } from './grid-file.js'
import { HubCallError } from './hub-client.js'
import { HeaderError } from './import-table.js'
import { RefusedError } from './mutations.js'
import { addressesFor, wordsFor, type ImportOptions, type Words } from './options.js'
import { printResult } from './result.js'
import { runGrid } from './run-grid.js'
import { runTable } from './run-table.js'
import { signIn, UnknownPersonaError } from './sign-in.js'

/** What can be imported. */
export type ImportedKind = 'suggestions' | 'residents' | 'grid'

/** What tests replace: how long a hub that is gone is waited for. */
export interface ImportSurroundings {
  readonly waitsMs?: readonly number[]
  /** Stops after the batch that is under way; Ctrl-C does it otherwise. */
  readonly signal?: AbortSignal
}

/**
 * The command `import`: a table of suggestions or residents, or a grid, into the hub, as the holder of the token.
 *
 * Exit 0 all taken, 1 something rejected or the hub refused, 2 wrong use or a file that cannot be read as asked, 3 no hub or stopped: the same
 * command again goes on. A first Ctrl-C stops after the batch under way, a second one at once; neither loses or doubles anything.
 */
export const importFile = async (
  kind: ImportedKind,
  file: string,
  options: ImportOptions,
  terminal: Terminal,
  surroundings: ImportSurroundings = {},
): Promise<number> => {
  const say = wordsFor(terminal)
  const { url, identityUrl } = addressesFor(options, terminal)
  const token = signIn(options.token ?? terminal.environment['COMMONHALL_TOKEN'], options.persona ?? 'cadre', identityUrl)
  const stop = listenToStop(terminal, say)
  const signal = surroundings.signal ?? stop.signal
  const deps = { hub: { url, token, language: terminal.language }, terminal, say, signal, waitsMs: surroundings.waitsMs }
  try {
    const report = kind === 'grid' ? await runGrid(file, options, deps) : await runTable(kind, file, options, deps)
    return await printResult(kind, report, options, { terminal, say })
  } catch (error) {
    return explain(error, kind, terminal, say)
  } finally {
    stop.forget()
  }
}

const listenToStop = (terminal: Terminal, say: Words): { readonly signal: AbortSignal; forget(): void } => {
  const controller = new AbortController()
  const stop = (): void => {
    controller.abort()
    terminal.tell(say('… 完成当前批次后停止（再按一次立即退出）', '… Stopping after this batch (once more to stop at once)'))
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  return { signal: controller.signal, forget: () => void process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop) }
}

const FILE_FAULTS: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ['文件不存在', 'there is no such file'],
  EISDIR: ['这是文件夹，不是文件', 'it is a folder'],
  EACCES: ['没有权限（进度和报告写在文件旁边）', 'no permission (progress and report are kept beside the file)'],
  EROFS: ['磁盘只读（进度和报告写在文件旁边）', 'the disk is read-only (progress and report are kept beside the file)'],
  ENOSPC: ['磁盘已满', 'the disk is full'],
}

/** Tells what went wrong and what to do; a bug is thrown on. */
const explain = (error: unknown, kind: ImportedKind, terminal: Terminal, say: Words): number => {
  const tell = (text: string, code: number): number => {
    terminal.tell(`✗ ${text}`)
    return code
  }
  if (error instanceof HeaderError) return tell(error.faults.join('\n✗ '), EXIT.wrongUse)
  if (error instanceof GridFileError) return tell(error.message, EXIT.wrongUse)
  if (error instanceof UnreadableTextError)
    return tell(say('文件既不是 UTF-8，也不是 GBK/GB 18030；请另存为 CSV（UTF-8）。', error.message), EXIT.wrongUse)
  if (error instanceof UnknownPersonaError) return tell(error.message, EXIT.wrongUse)
  if (error instanceof RefusedError) {
    const hint = error.code === 'ASSENT_MISSING' ? say(' 例如 --assent SIGNED', ' For example --assent SIGNED') : ''
    return tell(`${error.message}${hint}`, EXIT.refused)
  }
  if (error instanceof HubCallError) {
    if (!error.isTemporary) return tell(error.message, EXIT.refused)
    const again =
      kind === 'grid'
        ? say('请启动枢纽（npm start）后再次运行同一命令。', 'Start the hub (npm start) and run the same command again.')
        : say(
            '再次运行同一命令即从中断处继续，不会重复。',
            'Run the same command again: it goes on where it stopped, and nothing is entered twice.',
          )
    return tell(`${error.message} ${again}`, EXIT.impossible)
  }
  const { code, path } = error as NodeJS.ErrnoException
  const fault = typeof code === 'string' ? FILE_FAULTS[code] : undefined
  if (fault === undefined) throw error
  return tell(`${path ?? ''}: ${say(...fault)}`, code === 'ENOSPC' ? EXIT.impossible : EXIT.wrongUse)
}
