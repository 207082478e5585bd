import { isDeepStrictEqual } from 'node:util'

import type { ActTx } from '@commonhall/shared/journal'
import { newTypeId } from '@commonhall/shared/typeid'

import { findBuildingsOf, saveBuilding, type Building } from '../buildings/index.js'
import { findCommittees, setCommunityBoundary, type Community } from '../communities/index.js'
import { findCellsOfCommunity, findNetsOf, saveCell, saveNet, type Cell, type Net } from '../territory/index.js'
import type { BuildingLine, GridFeature } from './grid-file.js'

type CellFeature = Extract<GridFeature, { kind: 'cell' }>
type NetFeature = Extract<GridFeature, { kind: 'net' }>

const journalCell = (tx: ActTx, cell: Cell, before: Cell | null): Promise<void> =>
  tx.journal({
    partyId: cell.ownerPartyId,
    record: { type: 'Cell', id: cell.id },
    before,
    after: cell,
    event: {
      type: 'committee.cell.published',
      subject: cell.id,
      data: { cell: cell.id, net: cell.netId, community: cell.communityId, number: cell.number, boundary: cell.boundary },
    },
  })

const journalCommunity = async (tx: ActTx, community: Community): Promise<void> => {
  const [committee] = await findCommittees(tx, [community.ownerPartyId])
  const { reopenWithinDays, maxExtensions, bouncesToConference, smallestGroup, timeZone } = community.rules
  await tx.journal({
    partyId: community.ownerPartyId,
    record: { type: 'Community', id: community.id },
    after: community,
    event: {
      type: 'committee.community.published',
      subject: community.id,
      data: {
        community: community.id,
        number: community.number,
        name: { zh: community.nameZh, en: community.nameEn },
        committee: community.ownerPartyId,
        committeeName: { zh: committee?.nameZh ?? '', en: committee?.nameEn ?? '' },
        timeZone,
        rules: { reopenWithinDays, maxExtensions, bouncesToConference, smallestGroup },
      },
    },
  })
}

const writeNet = async (tx: ActTx, community: Community, known: Map<number, Net>, feature: NetFeature, nowMs: number): Promise<boolean> => {
  const before = known.get(feature.number)
  if (before !== undefined && isDeepStrictEqual(before.boundary, feature.boundary)) return false
  const net: Net = {
    id: before?.id ?? newTypeId('net', nowMs),
    ownerPartyId: community.ownerPartyId,
    communityId: community.id,
    number: feature.number,
    boundary: feature.boundary,
    managers: before?.managers ?? [],
  }
  await saveNet(tx, net)
  known.set(net.number, net)
  return true
}

const writeBuildings = async (tx: ActTx, cell: Cell, lines: readonly BuildingLine[], known: readonly Building[], nowMs: number) => {
  let hasNew = false
  for (const { name, ...facts } of lines) {
    const before = known.find(({ nameZh }) => nameZh === name)
    const building: Building = {
      id: before?.id ?? newTypeId('bui', nowMs),
      ownerPartyId: cell.ownerPartyId,
      cellId: cell.id,
      nameZh: name,
      nameEn: before?.nameEn ?? name,
      ...facts,
    }
    if (isDeepStrictEqual(before, building)) continue
    await saveBuilding(tx, building)
    hasNew = true
  }
  return hasNew
}

/**
 * Writes the features of a checked file into the community's grid, and counts which brought something new.
 *
 * The community must be held. The same numbers keep their ids and get the new outlines. Nets first, whatever the order in the file. Each new or
 * changed cell, and the community itself, is told to the other parties.
 */
export const writeGrid = async (
  tx: ActTx,
  community: Community,
  features: readonly GridFeature[],
  nowMs: number,
): Promise<{ accepted: number; duplicates: number }> => {
  let accepted = 0
  const nets = new Map((await findNetsOf(tx, [community.id])).map((net) => [net.number, net]))
  const cells = new Map((await findCellsOfCommunity(tx, community.id)).map((cell) => [cell.number, cell]))
  const buildings = await findBuildingsOf(
    tx,
    [...cells.values()].map(({ id }) => id),
  )
  let outline = community.boundary
  for (const feature of features) {
    if (feature.kind === 'net' && (await writeNet(tx, community, nets, feature, nowMs))) accepted++
    if (feature.kind !== 'community' || isDeepStrictEqual(outline, feature.boundary)) continue
    outline = feature.boundary
    await setCommunityBoundary(tx, community.id, outline)
    accepted++
  }
  const writeCell = async (feature: CellFeature): Promise<boolean> => {
    const before = cells.get(feature.number) ?? null
    const net = nets.get(feature.net)
    if (net === undefined) throw new Error('A checked file names an unknown net.')
    const { ownerPartyId, id: communityId } = community
    const { number, boundary } = feature
    const cell: Cell = { id: before?.id ?? newTypeId('cel', nowMs), ownerPartyId, communityId, netId: net.id, number, boundary }
    const isChanged = !isDeepStrictEqual(before, cell)
    if (isChanged) {
      await saveCell(tx, cell)
      await journalCell(tx, cell, before)
    }
    const own = buildings.filter(({ cellId }) => cellId === cell.id)
    return (await writeBuildings(tx, cell, feature.buildings, own, nowMs)) || isChanged
  }
  for (const feature of features) if (feature.kind === 'cell' && (await writeCell(feature))) accepted++
  await journalCommunity(tx, { ...community, boundary: outline })
  return { accepted, duplicates: features.length - accepted }
}
