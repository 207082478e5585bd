import { batchLoader, pagedLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import { lookUp } from '../../ids.js'
import type { LedgerEntry } from './ledger-entry.js'
import { findLatestEntries, findLedgerEntries, pageLedger } from './ledger-entry.store.js'

/** Ledger entries by id; one statement per batch. */
export const ledgerEntryById = (reader: SqlReader) =>
  batchLoader<LedgerEntry>(
    lookUp('led', (ids) => findLedgerEntries(reader, ids)),
    (entry) => entry.id,
  )

/** The latest entry of each suggestion, by suggestion; one statement per batch. */
export const ledgerEntryOfSuggestion = (reader: SqlReader) =>
  batchLoader<LedgerEntry>(
    lookUp('sug', (ids) => findLatestEntries(reader, ids)),
    (entry) => entry.suggestionId ?? '',
  )

/** Pages of the communities' ledgers; one statement per distinct page and filter. */
export const ledgerOfCommunity = (reader: SqlReader) =>
  pagedLoader<boolean | null, LedgerEntry>((ids, page, isOpen) => pageLedger(reader, ids, page, isOpen))
