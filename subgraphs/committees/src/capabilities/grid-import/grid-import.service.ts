import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct } from '@commonhall/shared/journal'
import { newTypeId } from '@commonhall/shared/typeid'

import { mayActAsCadre } from '../../cadre.policy.js'
import type { CommitteesContext } from '../../context.js'
import { isIdOf } from '../../ids.js'
import { findCommunity, lockCommunity } from '../communities/index.js'
import { findNetsOf } from '../territory/index.js'
import { isFeatureCollection, readGridFile, type FeatureFault } from './grid-file.js'
import type { GridImport } from './grid-import.js'
import { findGridImport, saveGridImport } from './grid-import.store.js'
import { writeGrid } from './grid-writer.service.js'

/** A file of boundaries for one community. */
export interface ImportGrid {
  readonly community: string
  /** RFC 7946 FeatureCollection. */
  readonly collection: unknown
  readonly clientKey?: string | null
}

const MAX_TOLD_FAULTS = 100

/**
 * Imports outlines of nets and cells, and buildings, into the actor's own community: the whole file in one transaction, or nothing.
 *
 * With any faulty feature nothing is written and the report tells each fault (100 at most) with its place. The same file again changes nothing and
 * is counted as duplicates. Refuses by `mayActAsCadre`; NOT_FOUND; INVALID_INPUT for what is no FeatureCollection of 1 to 2,000 features.
 */
export const importGrid = async (context: CommitteesContext, input: ImportGrid): Promise<GridImport | RefusalValue> => {
  let faults: readonly FeatureFault[] = []
  const result = await performAct<GridImport>(context, {
    code: 'committee.grid.import',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const post = mayActAsCadre(context.actor, null)
      if (post.refused) return post
      const known = isIdOf('com', input.community) ? await findCommunity(tx, input.community) : null
      if (known === null) return refuse('NOT_FOUND', { field: 'community' })
      const decision = mayActAsCadre(context.actor, known.ownerPartyId)
      if (decision.refused) return decision
      const community = await lockCommunity(tx, known.id)
      if (community === null) return refuse('NOT_FOUND', { field: 'community' })
      if (!isFeatureCollection(input.collection)) return refuse('INVALID_INPUT', { field: 'collection' })
      const nets = await findNetsOf(tx, [community.id])
      const file = readGridFile(input.collection, new Set(nets.map(({ number }) => number)))
      faults = file.faults
      if (faults.length > 0) return refuse('INVALID_INPUT', { field: 'collection' })
      const at = context.clock.now()
      const counts = await writeGrid(tx, community, file.features, at.getTime())
      const { ownerPartyId, id: communityId } = community
      const report: GridImport = { id: newTypeId('gim', at.getTime()), ownerPartyId, communityId, ...counts, rejected: [], at }
      await saveGridImport(tx, report)
      await tx.journal({ partyId: ownerPartyId, record: { type: 'GridImport', id: report.id }, after: report })
      return report
    },
    replay: (tx, id) => findGridImport(tx, id),
  })
  // Rolled back by the refusal; told as a report, because the person needs each fault and not the first one.
  if (!('refused' in result) || faults.length === 0) return result
  const { partyId: ownerPartyId = '' } = context.actor.actingFor ?? {}
  const rejected = faults.slice(0, MAX_TOLD_FAULTS)
  return { id: '', ownerPartyId, communityId: input.community, accepted: 0, duplicates: 0, rejected, at: context.clock.now() }
}
