import { batchLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'

import { lookUp } from '../../ids.js'
import type { JointConference } from './joint-conference.js'
import { findConferences, findLatestConferences } from './joint-conference.store.js'

/** Conferences by id; one statement per batch. */
export const conferenceById = (reader: SqlReader) =>
  batchLoader<JointConference>(
    lookUp('jcf', (ids) => findConferences(reader, ids)),
    (conference) => conference.id,
  )

/** The latest conference of each suggestion, by suggestion; one statement per batch. */
export const conferenceOfSuggestion = (reader: SqlReader) =>
  batchLoader<JointConference>(
    lookUp('sug', (ids) => findLatestConferences(reader, ids)),
    (conference) => conference.suggestionId,
  )
