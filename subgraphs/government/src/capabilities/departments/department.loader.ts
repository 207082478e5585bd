import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { wellFormed } from '@commonhall/shared/typeid'

import type { Department } from './department.js'
import { findDepartments } from './department.store.js'

/** Departments by id; one statement per batch, null for an unknown one. */
export const departmentById = (reader: SqlReader) =>
  batchLoader<Department>(
    (ids) => findDepartments(reader, wellFormed('dep', ids)),
    (department) => department.id,
  )
