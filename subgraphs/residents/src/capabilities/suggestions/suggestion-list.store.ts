import type { Page } from '@commonhall/shared/loading'
import { sql, type SqlReader, type SqlStatement } from '@commonhall/shared/persistence'

import type { Suggestion, SuggestionFilter } from './suggestion.js'
import { SUGGESTION_COLUMNS } from './suggestion.store.js'

/** Whose entries a list shows; ALL has one parent, the empty id. */
export type ListScope = 'COMMUNITY' | 'CELL' | 'AUTHOR' | 'NAMED_AUTHOR' | 'ALL'

const PARENT: Readonly<Record<ListScope, string>> = {
  COMMUNITY: 's.community_id = p.id',
  CELL: 's.cell_id = p.id',
  AUTHOR: 's.author_id = p.id',
  NAMED_AUTHOR: 's.author_id = p.id and not s.anonymous',
  ALL: 'true',
}
const FILTERS = `s.id < coalesce($2::text, '~') and ($4::text[] is null or s.kind = any($4)) and ($5::text is null or s.cell_id = $5)
  and ($6::text is null or (s.public_text_cleared and s.text ilike $6)) and ($7::timestamptz is null or s.updated_at >= $7)
  and ($8::timestamptz is null or (s.limit_at < $8))`
const SELECT = SUGGESTION_COLUMNS.replace(/^id/, 's.id')

/** One index range per parent, newest first; each parent stops after the page. */
const plain = (scope: ListScope): SqlStatement =>
  sql(
    `suggestions.list_${scope.toLowerCase()}`,
    `select p.id as "parentId", l.* from unnest($1::text[]) as p(id) cross join lateral (
       select ${SELECT} from suggestions s where ${PARENT[scope]} and ${FILTERS} order by s.id desc limit $3) l order by l.id desc`,
  )

/** One index range per parent and stage: a page of rare stages costs no walk through the common ones. */
const byStage = (scope: ListScope): SqlStatement =>
  sql(
    `suggestions.list_${scope.toLowerCase()}_by_stage`,
    `select p.id as "parentId", l.* from unnest($1::text[]) as p(id) cross join lateral (
       select m.* from unnest($9::text[]) as g(stage) cross join lateral (
         select ${SELECT} from suggestions s where ${PARENT[scope]} and s.stage = g.stage and ${FILTERS} order by s.id desc limit $3) m
       order by m.id desc limit $3) l order by l.id desc`,
  )

const SCOPES: readonly ListScope[] = ['COMMUNITY', 'CELL', 'AUTHOR', 'NAMED_AUTHOR', 'ALL']
const STATEMENTS = new Map(SCOPES.map((scope) => [scope, { plain: plain(scope), byStage: byStage(scope) }]))

/** The pattern of `ilike` that finds a text literally. */
const literally = (search: string): string => `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`

/**
 * A page of each parent's entries, newest first, `limit + 1` of each; one statement for all parents.
 *
 * The cursor is the id of the last entry seen: it names a place in time, so entries written meanwhile neither repeat nor hide any.
 */
export const pageSuggestions = async (
  reader: SqlReader,
  scope: ListScope,
  parentIds: readonly string[],
  page: Page,
  filter: SuggestionFilter,
): Promise<Map<string, Suggestion[]>> => {
  const { plain: all, byStage: staged } = STATEMENTS.get(scope)!
  const search = filter.search === null ? null : literally(filter.search)
  const values = [
    parentIds,
    page.after?.[0] ?? null,
    page.limit + 1,
    filter.kinds,
    filter.cell,
    search,
    filter.updatedSince,
    filter.overdueAt,
  ]
  const stages = filter.stages === null ? null : [...new Set(filter.stages)]
  const rows =
    stages === null
      ? await reader.rows<Suggestion & { parentId: string }>(all, values)
      : await reader.rows<Suggestion & { parentId: string }>(staged, [...values, stages])
  const pages = new Map<string, Suggestion[]>()
  for (const { parentId, ...row } of rows) {
    const found = pages.get(parentId)
    if (found === undefined) pages.set(parentId, [row])
    else found.push(row)
  }
  return pages
}
