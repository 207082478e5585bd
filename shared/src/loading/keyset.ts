import { HubError } from '../errors/index.js'

/** Records of one page at most. */
export const MAX_PAGE_SIZE = 100

export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
}

/** A keyset page: `limit` records after `after`, the sort keys of the last record seen (the id last), or from the start. */
export interface Page {
  readonly limit: number
  readonly after: readonly (string | number)[] | null
}

/** A page of records as a Relay connection. */
export interface Connection<T> {
  readonly edges: ReadonlyArray<{ readonly cursor: string; readonly node: T }>
  readonly nodes: readonly T[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  readonly totalCount: number | null
}

/** An opaque cursor of sort keys. It survives inserts, because it names a place in the order and not an offset. */
export const encodeCursor = (keys: readonly (string | number)[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

// PostgreSQL has no NUL in texts: a made-up cursor with one is no cursor, not a failure of the database.
const isSortKey = (key: unknown): boolean => (typeof key === 'string' && !key.includes('\u0000')) || Number.isFinite(key)

/** The sort keys of a cursor, or null when a client made it up. `length` is the number of keys the list sorts by. */
export const decodeCursor = (cursor: string, length: number): readonly (string | number)[] | null => {
  if (cursor.length > 400) return null
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const isKeys = Array.isArray(keys) && keys.length === length && keys.every(isSortKey)
    return isKeys ? (keys as (string | number)[]) : null
  } catch {
    return null
  }
}

/** Reads `first` and `after`; throws INVALID_INPUT for `first` outside 1–100 or a cursor that is not of a list with `keyCount` sort keys. */
export const requirePage = (args: PageArguments, keyCount: number, defaultSize = 20): Page => {
  const limit = args.first ?? defaultSize
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_SIZE)
    throw new HubError('INVALID_INPUT', {
      sentence: { zh: `first 必须在 1 到 ${MAX_PAGE_SIZE} 之间。`, en: `'first' must be from 1 to ${MAX_PAGE_SIZE}.` },
    })
  if (args.after === null || args.after === undefined) return { limit, after: null }
  const after = decodeCursor(args.after, keyCount)
  if (after === null)
    throw new HubError('INVALID_INPUT', {
      sentence: {
        zh: 'after 不是本列表的游标，请使用 pageInfo.endCursor。',
        en: "'after' is not a cursor of this list; use pageInfo.endCursor.",
      },
    })
  return { limit, after }
}

/** Makes a connection of up to `page.limit + 1` records: the extra one only says that there is a next page. */
export const toConnection = <T>(
  records: readonly T[],
  page: Page,
  keysOf: (record: T) => readonly (string | number)[],
  totalCount: number | null = null,
): Connection<T> => {
  const nodes = records.slice(0, page.limit)
  const edges = nodes.map((node) => ({ cursor: encodeCursor(keysOf(node)), node }))
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: records.length > page.limit,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  }
}
