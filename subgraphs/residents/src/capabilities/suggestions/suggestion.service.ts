import { HubError } from '@commonhall/shared/errors'
import { requirePage, toConnection, type Connection, type Page, type PageArguments } from '@commonhall/shared/loading'
import type { SuggestionKind, SuggestionStage } from '@commonhall/shared/matters'
import { parseTypeId } from '@commonhall/shared/typeid'

import type { ResidentsContext } from '../../context.js'
import type { Suggestion, SuggestionFilter } from './suggestion.js'

/** What a client asks a list for. */
export interface FilterInput {
  readonly kinds?: readonly SuggestionKind[] | null
  readonly stages?: readonly SuggestionStage[] | null
  readonly cell?: string | null
  readonly overdue?: boolean | null
  readonly search?: string | null
  readonly updatedSince?: Date | null
}

const MAX_SEARCH_LENGTH = 100

const invalid = (zh: string, en: string): never => {
  throw new HubError('INVALID_INPUT', { sentence: { zh, en } })
}

/** Reads a filter; throws INVALID_INPUT for a search that is empty, too long or not text. A malformed cell finds nothing. */
export const readFilter = (input: FilterInput | null | undefined, now: Date): SuggestionFilter => {
  const search = input?.search ?? null
  if (search !== null && (search.trim() === '' || search.length > MAX_SEARCH_LENGTH || search.includes('\u0000')))
    invalid(`search 应为 1 到 ${MAX_SEARCH_LENGTH} 个字符。`, `'search' must have 1 to ${MAX_SEARCH_LENGTH} characters.`)
  const cell = input?.cell ?? null
  return {
    kinds: input?.kinds ?? null,
    stages: input?.stages ?? null,
    cell: cell === null ? null : (parseTypeId(cell)?.id ?? ''),
    search: search?.trim() ?? null,
    updatedSince: input?.updatedSince?.toISOString() ?? null,
    overdueAt: input?.overdue === true ? now.toISOString() : null,
  }
}

/** Reads the page of a list of entries; a cursor that holds no id of an entry is of another list. */
const readPage = (args: PageArguments): Page => {
  const page = requirePage(args, 1)
  const after = page.after?.[0]
  if (after !== undefined && (typeof after !== 'string' || parseTypeId(after)?.prefix !== 'sug'))
    invalid('after 不是本列表的游标。', "'after' is not a cursor of this list.")
  return page
}

/**
 * Lists entries of a community, cell or author, or of the whole street (`parentId` empty), newest first, at most 100 a page.
 *
 * `author` includes what the person wrote anonymously, `namedAuthor` does not.
 */
export const listSuggestions = async (
  context: ResidentsContext,
  scope: 'community' | 'cell' | 'author' | 'namedAuthor' | 'street',
  parentId: string,
  args: PageArguments & { readonly filter?: FilterInput | null },
): Promise<Connection<Suggestion>> => {
  const page = readPage(args)
  const filter = readFilter(args.filter, context.clock.now())
  const isKnowable = scope === 'street' || parseTypeId(parentId) !== null
  const found = isKnowable ? await context.loaders.suggestionsOf[scope].load({ parentId, page, filter }) : []
  return toConnection(found, page, (suggestion) => [suggestion.id])
}
