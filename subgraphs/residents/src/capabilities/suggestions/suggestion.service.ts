import { HubError } from '@commonhall/shared/errors'
import { requirePage, toConnection, type Connection, type Page, type PageArguments } from '@commonhall/shared/loading'
import { parseTypeId } from '@commonhall/shared/typeid'

import type { ResidentsContext } from '../../context.js'
import { readFilter, type FilterInput } from './suggestion-filter.js'
import type { Suggestion } from './suggestion.js'

const invalid = (zh: string, en: string): never => {
  throw new HubError('INVALID_INPUT', { sentence: { zh, en } })
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
