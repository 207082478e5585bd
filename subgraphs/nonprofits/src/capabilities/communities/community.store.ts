import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

/** What holds where a community has not set, or not yet told, its own number. */
const DEFAULT_MAX_EXTENSIONS = 2

const MAX_EXTENSIONS = sql('communities.max_extensions', `select max_extensions as "maxExtensions" from communities where id = $1`)
const NOTE_RULES = sql(
  'communities.note_rules',
  `insert into communities (id, max_extensions) values ($1, $2)
   on conflict on constraint communities_pk do update set max_extensions = excluded.max_extensions`,
)

/** How often a promise about a matter of this community may be extended; 2 unless the community says otherwise. */
export const maxExtensionsOf = async (reader: SqlReader, communityId: string): Promise<number> =>
  (await reader.rows<{ maxExtensions: number }>(MAX_EXTENSIONS, [communityId]))[0]?.maxExtensions ?? DEFAULT_MAX_EXTENSIONS

/** Remembers the rules that a community has published. */
export const noteRules = async (tx: Tx, communityId: string, rules: { readonly maxExtensions: number }): Promise<void> => {
  await tx.rows(NOTE_RULES, [communityId, rules.maxExtensions])
}
