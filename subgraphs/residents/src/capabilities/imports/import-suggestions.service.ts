import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import type { ActTx } from '@commonhall/shared/journal'
import { localDate } from '@commonhall/shared/time'
import { newTypeId, parseTypeId } from '@commonhall/shared/typeid'

import type { ResidentsContext } from '../../context.js'
import { residentById, type Resident } from '../residents/index.js'
import { keepFirstLines } from '../stages/index.js'
import { firstLineOf, submittedEvent } from '../submitting/index.js'
import { insertImportedSuggestions, nextRunningNumbers, numberOf, type NewSuggestion } from '../suggestions/index.js'
import type { ImportHead } from './import-batch.js'
import type { ImportReport } from './import-report.js'
import { performImport } from './import.service.js'
import { findImportedRecords } from './import.store.js'
import { readSuggestionRow, type SuggestionDraft, type SuggestionRow } from './suggestion-row.js'

/** Entries of an old system. */
export interface ImportSuggestions extends ImportHead {
  readonly rows: readonly SuggestionRow[]
}

interface AuthoredDraft extends SuggestionDraft {
  readonly author: Resident | null
}

/** `loadMany` hands failures out instead of throwing them. */
const residentOf = (found: Resident | Error | null | undefined): Resident | null => {
  if (found instanceof Error) throw found
  return found ?? null
}

/** Finds the persons whom rows name: by the id of a profile here, or by the name in the same old system. At most two statements. */
const findAuthors = async (
  tx: ActTx,
  scope: { readonly communityId: string; readonly system: string },
  rows: readonly SuggestionRow[],
): Promise<(row: SuggestionRow) => Resident | RefusalValue | null> => {
  const names = [...new Set(rows.flatMap(({ resident }) => (typeof resident === 'string' ? [resident] : [])))]
  const isHere = (name: string): boolean => parseTypeId(name)?.prefix === 'res'
  const imported = await findImportedRecords(
    tx,
    { ...scope, kind: 'RESIDENT' },
    names.filter((name) => !isHere(name)),
  )
  const idOf = (name: string): string => (isHere(name) ? name : (imported.get(name)?.recordId ?? ''))
  const found = await residentById(tx).loadMany(names.map(idOf))
  const byName = new Map(names.map((name, at) => [name, residentOf(found[at])]))
  return ({ resident: name }) => {
    if (typeof name !== 'string') return null
    const author = byName.get(name) ?? null
    if (author === null)
      return refuse('NOT_FOUND', {
        field: 'resident',
        message: { zh: '没有此居民档案；请先导入居民。', en: 'There is no such profile; import the residents first.' },
      })
    return author.communityId === scope.communityId ? author : refuse('NOT_ELIGIBLE', { field: 'resident' })
  }
}

/**
 * Imports entries of a committee's old system. Each becomes an entry as if it had been recorded for the person when it was made: same checks,
 * same number series, same event; the time of the old entry is its time.
 *
 * A row without `resident` is entered for a person who stays unknown. See `performImport` for what is refused.
 */
export const importSuggestions = (context: ResidentsContext, input: ImportSuggestions): Promise<ImportReport | RefusalValue> =>
  performImport<SuggestionRow, AuthoredDraft>(context, {
    code: 'resident.suggestion.import',
    kind: 'SUGGESTION',
    input,
    async prepare(tx, community, rows) {
      const scope = { communityId: community.id, system: input.system }
      const [grid, authorOf] = [await context.grid(tx), await findAuthors(tx, scope, rows)]
      const place = { communityId: community.id, timeZone: community.timeZone, grid, now: context.clock.now() }
      return (row) => {
        const author = authorOf(row)
        if (author !== null && 'refused' in author) return author
        const draft = readSuggestionRow(row, place)
        return 'refused' in draft ? draft : { ...draft, author }
      }
    },
    idOf: (draft) => newTypeId('sug', draft.createdAt.getTime()),
    async store(tx, community, rows) {
      const propose = await context.propose(tx)
      const numbers = await nextRunningNumbers(tx, rows.length)
      const now = context.clock.now()
      const entries = rows.map(({ id, row, draft }, at) => {
        const { author } = draft
        const year = localDate(draft.createdAt, community.timeZone).slice(0, 4)
        const suggestion: NewSuggestion = {
          ...{ id, ownerPartyId: author?.id ?? id, number: numberOf(year, numbers[at] ?? ''), kind: draft.kind, text: draft.text },
          ...{ longitude: draft.point?.[0] ?? null, latitude: draft.point?.[1] ?? null, address: null, communityId: community.id },
          ...{ cellId: draft.cellId, authorId: author?.id ?? null, anonymous: author === null, channel: draft.channel },
          // The committee vouches for the agreement when it imports; when each person gave it, the old system does not say.
          ...{
            enteredBy: community.committeeId,
            assentForm: input.assent ?? null,
            assentAt: now,
            assentWitness: input.witness?.trim() || null,
          },
          ...{ createdAt: draft.createdAt, textCleared: false, proposedItem: propose(draft.text), ageBandThen: author?.ageBand ?? null },
        }
        return { externalId: row.externalId, suggestion }
      })
      const suggestions = entries.map(({ suggestion }) => suggestion)
      await insertImportedSuggestions(tx, input.system, entries)
      await keepFirstLines(tx, suggestions.map(firstLineOf))
      await tx.journalEach(
        suggestions.map((after) => ({
          partyId: after.ownerPartyId,
          record: { type: 'Suggestion', id: after.id },
          after,
          event: submittedEvent(after),
        })),
      )
    },
  })
