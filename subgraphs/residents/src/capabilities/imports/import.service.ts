import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { digestOf, performAct, type ActTx } from '@commonhall/shared/journal'
import { newTypeId } from '@commonhall/shared/typeid'

import { mayEnterForResidents } from '../../acting.policy.js'
import type { ResidentsContext } from '../../context.js'
import type { Community } from '../communities/index.js'
import { faultOfBatch, faultOfKey, type ImportHead, type ImportRow } from './import-batch.js'
import { changedSince, rejectionOf, type ImportRejection, type ImportReport } from './import-report.js'
import { claimRecords, findImport, findImportedRecords, insertImport, type ImportKind, type ImportScope } from './import.store.js'
import { sortRows, type DigestedRow } from './sorting.js'

/** A row that was read, with the id of the record it becomes. */
export interface ReadRow<Row extends ImportRow, Draft> {
  readonly row: Row
  readonly id: string
  readonly draft: Draft
}

/** One kind of import. */
interface Import<Row extends ImportRow, Draft> {
  readonly code: 'resident.suggestion.import' | 'resident.profile.import'
  readonly kind: ImportKind
  readonly input: ImportHead & { readonly rows: readonly Row[] }
  /** Makes the reader of this batch's rows; called once, after the policy. Reads by `tx` alone: a second connection could wait for ever. */
  readonly prepare: (tx: ActTx, community: Community, rows: readonly Row[]) => Promise<(row: Row) => Draft | RefusalValue>
  readonly idOf: (draft: Draft) => string
  /** Stores the records with their journal rows, in a few statements. May leave the transaction acting for anybody. */
  readonly store: (tx: ActTx, community: Community, rows: readonly ReadRow<Row, Draft>[]) => Promise<void>
}

/**
 * Takes up to 200 rows of a committee's old system in one transaction; each is taken whole, or told in the report.
 *
 * Refused as a whole by `mayEnterForResidents`, NOT_FOUND for an unknown community, and by `faultOfBatch`. Rows that the hub has
 * already are counted and not read again; about a dozen statements for any number of rows.
 */
export const performImport = async <Row extends ImportRow, Draft>(
  context: ResidentsContext,
  { code, kind, input, prepare, idOf, store }: Import<Row, Draft>,
): Promise<ImportReport | RefusalValue> => {
  const community = await context.loaders.communityById.load(input.community)
  return performAct<ImportReport>(context, {
    code,
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const decision = mayEnterForResidents(context.actor, community)
      if (decision.refused) return decision
      if (community === null) return refuse('NOT_FOUND', { field: 'community' })
      const fault = faultOfBatch(input, input.rows)
      if (fault !== null) return fault
      const scope: ImportScope = { communityId: community.id, committeeId: community.committeeId, kind, system: input.system }
      const named = readKeys(input.rows)
      const known = await findImportedRecords(
        tx,
        scope,
        named.rows.map(({ row }) => row.externalId),
      )
      const sorted = sortRows(named.rows, known)
      const read = await readRows(
        sorted.fresh,
        await prepare(
          tx,
          community,
          sorted.fresh.map(({ row }) => row),
        ),
        idOf,
      )
      const claimed = await claimRows(tx, scope, read.rows)
      if (claimed.rows.length > 0) await store(tx, community, claimed.rows)
      const now = context.clock.now()
      const report: ImportReport = {
        id: newTypeId('imp', now.getTime()),
        accepted: claimed.rows.length,
        duplicates: sorted.duplicates + claimed.duplicates,
        rejected: [named, sorted, read, claimed].flatMap((step) => step.rejected).sort((a, b) => a.line - b.line),
      }
      await tx.actFor(community.committeeId)
      await insertImport(tx, scope, report, now)
      const { system, assent, witness } = input
      const after = { ...report, system, assent, witness }
      await tx.journal({ partyId: community.committeeId, record: { type: 'Import', id: report.id }, after })
      return report
    },
    replay: findImport,
  })
}

/** Sets rows aside whose name in the old system is none; digests the others. */
const readKeys = <Row extends ImportRow>(rows: readonly Row[]): { rows: DigestedRow<Row>[]; rejected: ImportRejection[] } => {
  const rejected: ImportRejection[] = []
  const kept = rows.flatMap((row) => {
    const fault = faultOfKey(row.externalId, 'externalId')
    if (fault !== null) rejected.push(rejectionOf(row.line, fault))
    // The same record in another line of another file is still the same record; a field left out is a field that is null.
    const said = Object.entries(row).filter(([name, value]) => name !== 'line' && value !== null)
    return fault === null ? [{ row, digest: digestOf(Object.fromEntries(said)) ?? '' }] : []
  })
  return { rows: kept, rejected }
}

type Draftee<Row extends ImportRow, Draft> = ReadRow<Row, Draft> & { readonly digest: string }

/** Rows between two turns of the event loop: reading a text costs up to a millisecond, and others wait. */
const TURN = 25

const readRows = async <Row extends ImportRow, Draft>(
  fresh: readonly DigestedRow<Row>[],
  read: (row: Row) => Draft | RefusalValue,
  idOf: (draft: Draft) => string,
): Promise<{ rows: Draftee<Row, Draft>[]; rejected: ImportRejection[] }> => {
  const rows: Draftee<Row, Draft>[] = []
  const rejected: ImportRejection[] = []
  for (const [at, { row, digest }] of fresh.entries()) {
    if (at % TURN === TURN - 1) await new Promise(setImmediate)
    const draft = read(row)
    if (isRefusal(draft)) rejected.push(rejectionOf(row.line, draft))
    else rows.push({ row, draft, digest, id: idOf(draft) })
  }
  return { rows, rejected }
}

const isRefusal = (draft: unknown): draft is RefusalValue => typeof draft === 'object' && draft !== null && 'refused' in draft

/** Claims the rows' names; what another import took meanwhile is a duplicate, or has other content. */
const claimRows = async <Row extends ImportRow, Draft>(
  tx: ActTx,
  scope: ImportScope,
  read: readonly Draftee<Row, Draft>[],
): Promise<{ rows: ReadRow<Row, Draft>[]; duplicates: number; rejected: ImportRejection[] }> => {
  const free = await claimRecords(
    tx,
    scope,
    read.map(({ row, id, digest }) => ({ externalId: row.externalId, recordId: id, digest })),
  )
  const rows = read.filter(({ row }) => free.has(row.externalId))
  const taken = read.filter(({ row }) => !free.has(row.externalId))
  const known = await findImportedRecords(
    tx,
    scope,
    taken.map(({ row }) => row.externalId),
  )
  const changed = taken.filter(({ row, digest }) => known.get(row.externalId)?.digest !== digest)
  return { rows, duplicates: taken.length - changed.length, rejected: changed.map(({ row }) => changedSince(row.line)) }
}
