import type { EventOf } from '@commonhall/shared/events'
import { buildFunctionIndex, matchFunctions, type FunctionIndex } from '@commonhall/shared/functions'
import type { SqlReader, Tx } from '@commonhall/shared/persistence'

import { functionsVersion, listFunctionEntries, saveFunctionEntry } from './function-entry.store.js'

/** Proposes the function item for a text, or null when nothing fits. A person at the committee's desk decides. */
export type Proposer = (reader: SqlReader) => Promise<(text: string) => string | null>

/** Makes the matcher's cache of one process; rebuilt only when a line was published since (one small statement tells). */
export const createProposer = (): Proposer => {
  let known: { version: string; index: FunctionIndex } | null = null
  return async (reader) => {
    const version = await functionsVersion(reader)
    if (known?.version !== version) known = { version, index: buildFunctionIndex(await listFunctionEntries(reader)) }
    const { index } = known
    return (text) => matchFunctions(text, index, 1)[0]?.id ?? null
  }
}

/** Takes over a published line of the function list. */
export const projectFunctionItem = (tx: Tx, { data }: EventOf<'government.function.published'>): Promise<void> =>
  saveFunctionEntry(tx, {
    id: data.item,
    code: data.code,
    titleZh: data.title.zh,
    titleEn: data.title.en,
    list: data.list,
    keywords: data.keywords,
  })
