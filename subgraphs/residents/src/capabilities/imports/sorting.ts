import type { ImportRow } from './import-batch.js'
import { changedSince, type ImportRejection } from './import-report.js'

/** A row with the digest of what it says. */
export interface DigestedRow<Row extends ImportRow> {
  readonly row: Row
  readonly digest: string
}

/** Rows by what is to become of them. */
export interface Sorted<Row extends ImportRow> {
  readonly fresh: readonly DigestedRow<Row>[]
  readonly duplicates: number
  readonly rejected: readonly ImportRejection[]
}

/**
 * Sorts rows into new ones, repeats and changed ones, by what is known of each external id (id → digest). Pure.
 *
 * The first row of an id in a batch counts as known to the later ones, so a file that holds a record twice brings it once.
 */
export const sortRows = <Row extends ImportRow>(
  rows: readonly DigestedRow<Row>[],
  known: ReadonlyMap<string, { readonly digest: string }>,
): Sorted<Row> => {
  const fresh: DigestedRow<Row>[] = []
  const rejected: ImportRejection[] = []
  const seen = new Map([...known].map(([id, { digest }]) => [id, digest]))
  for (const one of rows) {
    const digest = seen.get(one.row.externalId)
    if (digest === undefined) {
      fresh.push(one)
      seen.set(one.row.externalId, one.digest)
    } else if (digest !== one.digest) rejected.push(changedSince(one.row.line))
  }
  return { fresh, duplicates: rows.length - fresh.length - rejected.length, rejected }
}
