import { batchLoader, pagedLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { wellFormed } from '@commonhall/shared/typeid'

import type { CharterList, FunctionItem } from './function-item.js'
import { findFunctionItems, pageFunctionItems } from './function-item.store.js'

/** Function items by id; one statement per batch. */
export const functionItemById = (reader: SqlReader) =>
  batchLoader<FunctionItem>(
    (ids) => findFunctionItems(reader, wellFormed('fun', ids)),
    (item) => item.id,
  )

/** Pages of the departments' items; one statement per distinct page. */
export const functionItemsOfDepartment = (reader: SqlReader) =>
  pagedLoader<CharterList | null, FunctionItem>((ids, page, list) => pageFunctionItems(reader, ids, page, list))
