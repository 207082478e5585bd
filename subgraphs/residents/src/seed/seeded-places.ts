import type { BulkTable } from '@commonhall/shared/persistence'
import type { Street } from '@commonhall/street'

/** What residents know of the other parties: communities with their committees, cells, the function list, and everybody's public name. */
export const tablesOfOthers = (street: Street, residentsIn: (communityId: string) => number): BulkTable[] => [
  {
    table: 'communities',
    columns: [
      ...['id', 'number', 'name_zh', 'name_en', 'committee_id', 'time_zone', 'reopen_within_days', 'smallest_group'],
      'resident_count',
    ],
    rows: street.communities.map(({ id, number, name, committee, rules }) => [
      ...[id, number, name.zh, name.en, committee.id, rules.timeZone, rules.reopenWithinDays, rules.smallestGroup],
      residentsIn(id),
    ]),
  },
  {
    table: 'known_parties',
    columns: ['id', 'kind', 'name_zh', 'name_en'],
    rows: [
      ...street.communities.map(({ committee: { id, name } }) => [id, 'COMMITTEE', name.zh, name.en]),
      ...street.departments.map(({ id, name }) => [id, 'GOVERNMENT', name.zh, name.en]),
      ...street.nonprofits.map(({ id, name }) => [id, 'NONPROFIT', name.zh, name.en]),
    ],
  },
  {
    table: 'cells',
    columns: ['id', 'community_id', 'number', 'boundary'],
    rows: street.cells.map(({ id, community, number, boundary }) => [id, community, number, boundary]),
  },
  {
    table: 'known_function_items',
    columns: ['id', 'code', 'title_zh', 'title_en', 'list', 'keywords'],
    rows: street.functionItems.map(({ id, code, title, list, keywords }) => [id, code, title.zh, title.en, list, keywords]),
  },
  {
    // As many versions as were published, like the events would have counted.
    table: 'projection_versions',
    columns: ['name', 'version'],
    rows: [
      ['cells', street.cells.length],
      ['functions', street.functionItems.length],
    ],
  },
]
