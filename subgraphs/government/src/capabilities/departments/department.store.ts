import { sql, type SqlReader } from '@commonhall/shared/persistence'

import type { Department } from './department.js'

const COLUMNS = `id, code, name_zh as "nameZh", name_en as "nameEn", business_unit as "businessUnit"`
const BY_IDS = sql('departments.by_ids', `select ${COLUMNS} from departments where id = any($1)`)
const ALL = sql('departments.all', `select ${COLUMNS} from departments order by code`)

/** Departments by id, in no order; unknown ids are absent. One statement. */
export const findDepartments = (reader: SqlReader, ids: readonly string[]): Promise<Department[]> => reader.rows<Department>(BY_IDS, [ids])

/** All organs of the street, by code: a handful, so no pages. */
export const listDepartments = (reader: SqlReader): Promise<Department[]> => reader.rows<Department>(ALL)
