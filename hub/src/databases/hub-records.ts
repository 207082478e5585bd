import { openPool, sql } from '@commonhall/shared/persistence'

/** From what the demo street of this hub is generated; chosen once, so that every party loads the same street. */
export interface StreetOrigin {
  readonly anchor: string
  readonly scale: number
}

const MAKE = sql(
  'hub.records.make',
  `create table if not exists hub_records (name text not null constraint hub_records_pk primary key, data jsonb not null, at timestamptz(3) not null default now())`,
)
const REMEMBER = sql('hub.records.remember', `insert into hub_records (name, data) values ('street', $1) on conflict (name) do nothing`)
const RECALL = sql('hub.records.recall', `select data from hub_records where name = 'street'`)

/** The origin of this hub's street: what was recorded at the first start, else `wished`, which is recorded now. Runs as owner of the hub's database. */
export const settleStreetOrigin = async (hubOwnerUrl: string, wished: StreetOrigin): Promise<StreetOrigin> => {
  const pool = openPool(hubOwnerUrl, 'commonhall.hub', 1)
  try {
    return await pool.transaction(async (reader) => {
      await reader.rows(MAKE)
      await reader.rows(REMEMBER, [JSON.stringify(wished)])
      const [row] = await reader.rows<{ data: StreetOrigin }>(RECALL)
      return row?.data ?? wished
    })
  } finally {
    await pool.close()
  }
}

const HAS_FIXTURE = sql('hub.fixture', `select exists (select from manifests where name = 'street') as loaded`)

/** Whether a party's database holds its part of the street; false also when it has no tables yet. Reads one row. */
export const hasFixture = async (ownerUrl: string): Promise<boolean> => {
  const pool = openPool(ownerUrl, 'commonhall.hub', 1)
  try {
    const [row] = await pool.rows<{ loaded: boolean }>(HAS_FIXTURE)
    return row?.loaded === true
  } catch (error) {
    if (isMissingTable(error)) return false
    throw error
  } finally {
    await pool.close()
  }
}

const isMissingTable = (error: unknown): boolean => {
  const cause = (error as { cause?: unknown } | null)?.cause ?? error
  return (cause as { code?: unknown } | null)?.code === '42P01'
}
