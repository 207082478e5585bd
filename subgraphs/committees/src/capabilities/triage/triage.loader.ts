import { batchLoader, groupLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import { lookUp } from '../../ids.js'
import { findLatestTriages, findTriageHistory, findTriages } from './triage.store.js'
import type { Triage } from './triage.js'

/** Triages by id; one statement per batch. */
export const triageById = (reader: SqlReader) =>
  batchLoader<Triage>(
    lookUp('trg', (ids) => findTriages(reader, ids)),
    (triage) => triage.id,
  )

/** The triage in force of each suggestion, by suggestion; one statement per batch. */
export const triageOfSuggestion = (reader: SqlReader) =>
  batchLoader<Triage>(
    lookUp('sug', (ids) => findLatestTriages(reader, ids)),
    (triage) => triage.suggestionId,
  )

/** All triages of each suggestion, the one in force first; one statement per batch. */
export const triageHistory = (reader: SqlReader) =>
  groupLoader<Triage>(
    lookUp('sug', (ids) => findTriageHistory(reader, ids)),
    (triage) => triage.suggestionId,
  )
