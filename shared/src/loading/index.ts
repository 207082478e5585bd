export { batchLoader, groupLoader, pagedLoader } from './loaders.js'
export {
  decodeCursor,
  encodeCursor,
  requirePage,
  toConnection,
  MAX_PAGE_SIZE,
  type Connection,
  type Page,
  type PageArguments,
} from './keyset.js'
