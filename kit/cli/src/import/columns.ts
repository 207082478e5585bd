/** A field of the hub's input and the headers under which offices keep it. */
export interface ColumnModel {
  readonly field: string
  readonly isRequired: boolean
  /** Headers that are understood without `--map`, lower case. */
  readonly headers: readonly string[]
  readonly what: { readonly zh: string; readonly en: string }
}

/** What `import suggestions` reads. */
export const SUGGESTION_COLUMNS: readonly ColumnModel[] = [
  {
    field: 'externalId',
    isRequired: true,
    headers: ['id', 'external_id', '编号', '序号', '工单号'],
    what: { zh: '原系统编号', en: 'number in the old system' },
  },
  { field: 'text', isRequired: true, headers: ['text', 'description', '内容', '诉求内容', '描述'], what: { zh: '内容', en: 'text' } },
  { field: 'kind', isRequired: false, headers: ['kind', 'type', '类型', '类别'], what: { zh: '类型', en: 'kind' } },
  {
    field: 'createdAt',
    isRequired: false,
    headers: ['created_at', 'date', 'time', '时间', '日期', '登记时间'],
    what: { zh: '登记时间', en: 'time of entry' },
  },
  { field: 'longitude', isRequired: false, headers: ['lon', 'lng', 'longitude', '经度'], what: { zh: '经度', en: 'longitude' } },
  { field: 'latitude', isRequired: false, headers: ['lat', 'latitude', '纬度'], what: { zh: '纬度', en: 'latitude' } },
  { field: 'cell', isRequired: false, headers: ['cell', 'grid', '网格', '网格编号'], what: { zh: '网格编号', en: 'id of the cell' } },
  { field: 'channel', isRequired: false, headers: ['channel', '渠道', '来源'], what: { zh: '渠道', en: 'channel' } },
  { field: 'resident', isRequired: false, headers: ['resident', '居民', '居民编号'], what: { zh: '居民编号', en: "resident's id" } },
]

/** What `import residents` reads. */
export const RESIDENT_COLUMNS: readonly ColumnModel[] = [
  {
    field: 'externalId',
    isRequired: true,
    headers: ['id', 'external_id', '编号', '序号'],
    what: { zh: '原系统编号', en: 'number in the old system' },
  },
  { field: 'name', isRequired: false, headers: ['name', '姓名', '称呼'], what: { zh: '称呼', en: 'display name' } },
  {
    field: 'birthYear',
    isRequired: false,
    headers: ['birth_year', 'year', '出生年', '出生年份'],
    what: { zh: '出生年份', en: 'year of birth' },
  },
  {
    field: 'contact',
    isRequired: false,
    headers: ['contact', 'phone', 'email', '电话', '联系方式', '手机'],
    what: { zh: '联系方式', en: 'contact' },
  },
  { field: 'cell', isRequired: false, headers: ['cell', 'grid', '网格', '网格编号'], what: { zh: '网格编号', en: 'id of the cell' } },
]

/** Where each field stands in a line; or what is wrong with the header. */
export type ColumnMap =
  { readonly ok: true; readonly indexOf: ReadonlyMap<string, number> } | { readonly ok: false; readonly faults: readonly string[] }

const normal = (header: string): string => header.trim().toLowerCase()

/**
 * Finds the fields in a header line. `mapping` (field → header, from `--map`) goes before the known headers.
 *
 * Faults: a required field that no header gives, a mapped header that is not there, an unknown field, one header twice.
 */
export const mapColumns = (header: readonly string[], columns: readonly ColumnModel[], mapping: ReadonlyMap<string, string>): ColumnMap => {
  const present = header.map(normal)
  const faults: string[] = []
  const indexOf = new Map<string, number>()
  for (const [field] of mapping) {
    if (!columns.some((column) => column.field === field))
      faults.push(`--map ${field}=…: there is no field '${field}'; fields: ${columns.map((column) => column.field).join(', ')}`)
  }
  for (const column of columns) {
    const wanted = mapping.get(column.field)
    const names = wanted === undefined ? column.headers : [normal(wanted)]
    const hits = present.flatMap((name, index) => (names.includes(name) ? [index] : []))
    const [first, second] = hits
    if (second !== undefined && wanted === undefined)
      faults.push(`${column.field}: several headers fit; choose one with --map ${column.field}=HEADER`)
    else if (first !== undefined) indexOf.set(column.field, first)
    else if (wanted !== undefined) faults.push(`--map ${column.field}=${wanted}: the file has no header '${wanted}'`)
    else if (column.isRequired)
      faults.push(
        `${column.field} (${column.what.zh}): no header gives it; known: ${column.headers.join(', ')}; or say --map ${column.field}=HEADER`,
      )
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, indexOf }
}

/** Reads `--map field=header` options. Throws on one without '='. */
export const readMapping = (options: readonly string[]): Map<string, string> =>
  new Map(
    options
      .flatMap((option) => option.split(','))
      .map((pair) => {
        const at = pair.indexOf('=')
        if (at < 1) throw new Error(`--map wants field=header, got '${pair}'`)
        return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const
      }),
  )
