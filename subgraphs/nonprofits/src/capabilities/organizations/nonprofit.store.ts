import type { Page } from '@commonhall/shared/loading'
import { sql, type SqlReader } from '@commonhall/shared/persistence'

import type { Nonprofit, NonprofitFilter } from './nonprofit.js'

const COLUMNS = `id, name_zh as "nameZh", name_en as "nameEn", form, registration, org_id as "orgId", description_zh as "descriptionZh",
  description_en as "descriptionEn", host_committee_id as "hostCommitteeId", members as "memberCount", active`
const BY_IDS = sql('nonprofits.by_ids', `select ${COLUMNS} from nonprofits where id = any($1)`)
const PAGE = sql(
  'nonprofits.page',
  `select ${COLUMNS} from nonprofits
   where ($1::text is null or form = $1) and ($2::boolean is null or active = $2) and ($3::text is null or id > $3)
   order by id limit $4`,
)

/** Organizations by id, in no order; unknown ids are absent. One statement. */
export const findNonprofits = (reader: SqlReader, ids: readonly string[]): Promise<Nonprofit[]> => reader.rows<Nonprofit>(BY_IDS, [ids])

/** A page of organizations by id, that is by the time they were entered; `page.limit + 1` of them at most. One statement. */
export const pageNonprofits = (reader: SqlReader, page: Page, filter: NonprofitFilter): Promise<Nonprofit[]> =>
  reader.rows<Nonprofit>(PAGE, [filter.form, filter.active, page.after?.[0] ?? null, page.limit + 1])
