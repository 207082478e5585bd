import type { FunctionEntry } from '@commonhall/shared/functions'
import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

const ALL = sql(
  'known_function_items.all',
  `select id, code, title_zh as "titleZh", title_en as "titleEn", list, keywords from known_function_items order by code`,
)
const VERSION = sql('known_function_items.version', `select version::int8 as version from projection_versions where name = 'functions'`)
const BUMP = sql(
  'known_function_items.bump',
  `insert into projection_versions (name, version) values ('functions', 1)
   on conflict on constraint projection_versions_pk do update set version = projection_versions.version + 1`,
)
const SAVE = sql(
  'known_function_items.save',
  `insert into known_function_items (id, code, title_zh, title_en, list, keywords) values ($1,$2,$3,$4,$5,$6)
   on conflict on constraint known_function_items_pk do update set code = excluded.code, title_zh = excluded.title_zh,
   title_en = excluded.title_en, list = excluded.list, keywords = excluded.keywords`,
)

/** The whole function list (340 lines): the matcher's input. */
export const listFunctionEntries = (reader: SqlReader): Promise<FunctionEntry[]> => reader.rows<FunctionEntry>(ALL)

/** Grows with every published line, so that every process knows when its matcher is out of date. */
export const functionsVersion = async (reader: SqlReader): Promise<string> =>
  String((await reader.rows<{ version: string }>(VERSION))[0]?.version ?? '0')

/** Stores a published line and makes every matcher out of date. */
export const saveFunctionEntry = async (tx: Tx, entry: FunctionEntry): Promise<void> => {
  await tx.rows(SAVE, [entry.id, entry.code, entry.titleZh, entry.titleEn, entry.list, entry.keywords])
  await tx.rows(BUMP)
}
