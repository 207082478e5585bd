import type { BulkTable } from '@commonhall/shared/persistence'
import type { Street } from '@commonhall/street'

/** The directory as the events of departments, nonprofits and residents would have built it. */
export function* projectionTables(street: Street): Generator<BulkTable> {
  yield {
    table: 'known_parties',
    columns: ['id', 'kind', 'form', 'community_id', 'name_zh', 'name_en'],
    rows: partiesOf(street),
  }
  yield {
    table: 'known_functions',
    columns: ['id', 'code', 'list', 'owner', 'respond_within_days', 'resolve_within_days', 'clock'],
    rows: street.functionItems.map(({ id, code, list, owner, respondWithin, resolveWithin, clock }) => {
      return [id, code, list, owner, respondWithin, resolveWithin, clock]
    }),
  }
}

function* partiesOf(street: Street): Generator<readonly unknown[]> {
  for (const { id, name } of street.departments) yield [id, 'GOVERNMENT', null, null, name.zh, name.en]
  for (const { id, name, form } of street.nonprofits) yield [id, 'NONPROFIT', form, null, name.zh, name.en]
  for (const { id, community } of street.residents()) yield [id, 'RESIDENT', null, community, null, null]
}
