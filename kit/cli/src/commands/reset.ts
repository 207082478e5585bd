import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'

import { DataFolderInUseError, lockDataFolder } from '@commonhall/shared/postgres'

import { dataFolderOf, type Terminal } from '../console/terminal.js'
import { EXIT } from '../exit-codes.js'
import { clusterOf, stopLeftoverServer } from '../data-folder/cluster.js'

/** All that a hub ever puts into its data folder, drafts and leftovers of a kill included; anything else is not ours to delete. */
const OURS = /^(hub\.json|(keys|postgres)\.json(\.new-.+)?|postgres(\.half-.+)?|postgres\.log|(commonhall|postgres\.start)\.lock(\..+)?)$/

/**
 * Deletes a data folder: keys, database, everything. Asks on a terminal; elsewhere only `--yes` does it.
 *
 * Refused while a hub holds the folder, and for a folder with anything in it that no hub made: `--data` may name the wrong one. A database server left over from a killed hub is
 * stopped first. It stops no hub.
 */
export const reset = async (options: { readonly data?: string; readonly yes?: boolean }, terminal: Terminal): Promise<number> => {
  const folder = resolve(dataFolderOf(terminal, options.data))
  const say = (zh: string, en: string): string => (terminal.language === 'zh' ? zh : en)
  if (!existsSync(folder)) {
    terminal.tell(say(`${folder} 不存在,无需清除。`, `There is nothing at ${folder}; nothing to delete.`))
    return EXIT.ok
  }
  const strangers = readdirSync(folder).filter((name) => !OURS.test(name))
  if (strangers.length > 0) {
    const some = strangers.slice(0, 3).join(', ')
    terminal.tell(
      say(
        `✗ ${folder} 中有不属于 Commonhall 的内容(${some}),不会删除。`,
        `✗ ${folder} holds what is not of Commonhall (${some}); nothing was deleted.`,
      ),
    )
    return EXIT.refused
  }
  if (options.yes !== true && !(await isConfirmed(folder, terminal))) {
    terminal.tell(say('未删除。非交互环境请加 --yes。', 'Nothing was deleted. Without a terminal, --yes is needed.'))
    return EXIT.refused
  }
  try {
    const lock = await lockDataFolder(folder)
    await stopLeftoverServer(folder)
    removeCluster(clusterOf(folder))
    rmSync(folder, { recursive: true, force: true })
    await lock.release()
  } catch (error) {
    if (!(error instanceof DataFolderInUseError)) throw error
    terminal.tell(`✗ ${error.text[terminal.language]} ${say('请先停止它(Ctrl-C),再清除。', 'Stop it first (Ctrl-C), then reset.')}`)
    return EXIT.refused
  }
  terminal.tell(say(`已删除 ${folder}。`, `Deleted ${folder}.`))
  return EXIT.ok
}

/** A record that was copied or edited could point anywhere: only what PostgreSQL made is removed outside the data folder. */
const removeCluster = (cluster: string): void => {
  if (existsSync(join(cluster, 'global'))) rmSync(cluster, { recursive: true, force: true })
}

const isConfirmed = async (folder: string, terminal: Terminal): Promise<boolean> => {
  if (!terminal.isInteractive) return false
  const dialogue = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const question =
      terminal.language === 'zh' ? `删除 ${folder} 中的全部数据?输入 yes 确认:` : `Delete all data in ${folder}? Type yes to confirm: `
    return (await dialogue.question(question)).trim().toLowerCase() === 'yes'
  } finally {
    dialogue.close()
  }
}
