import { createHash } from 'node:crypto'

import { describe, expect, it } from '@jest/globals'

import { createStreet, type Polygon, type Resident } from './index.js'

const anchor = new Date('2026-11-23T10:00:00+08:00')
const street = createStreet({ anchor, scale: 0.1 })
const tally = <T>(list: Iterable<T>, key: (one: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const one of list) counts[key(one)] = (counts[key(one)] ?? 0) + 1
  return counts
}
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
const digest = (of: ReturnType<typeof createStreet>): string => {
  const hash = createHash('sha256')
  const { residents: _, suggestions: __, suggestion: ___, ...rest } = of
  hash.update(JSON.stringify(rest))
  for (const resident of of.residents()) hash.update(JSON.stringify(resident))
  for (const story of of.suggestions()) hash.update(JSON.stringify(story))
  return hash.digest('hex')
}

describe('the figures of the fixture', () => {
  it('count territory and people as the paper does', () => {
    expect(street.communities.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(street.communities.map(({ name }) => name.en)).toContain('SWU North')
    expect(sum(street.communities.flatMap(({ census }) => census.map(({ people }) => people)))).toBe(130_000)
    expect(sum(street.cells.map(({ people }) => people))).toBe(130_000)
    const nets = tally(street.nets, ({ community }) => community)
    expect(street.communities.map(({ id }) => nets[id])).toEqual([8, 8, 8, 8, 8, 8, 8, 7, 7])
    const cells = tally(street.cells, ({ net }) => net)
    expect(street.nets.map(({ id }) => cells[id])).toEqual(street.nets.map(({ number }) => (number <= 10 ? 8 : 7)))
    expect(street.cells).toHaveLength(500)
    expect(street.cells.filter(({ staffed }) => staffed)).toHaveLength(440)
    expect(street.communities.map(({ committee }) => committee.cadres)).toEqual([13, 13, 13, 13, 12, 12, 12, 12, 12])
    expect(street.cells.flatMap(({ buildings }) => buildings).filter(({ hasGroup }) => hasGroup)).toHaveLength(52)
  })

  it('count parties and functions as the paper and the duty lists do', () => {
    expect(street.departments.map(({ businessUnit }) => businessUnit)).toEqual([false, false, false, false, false, false, true, true])
    expect(tally(street.functionItems, ({ list }) => list)).toEqual({ BASIC: 117, COOPERATIVE: 99, TAKEN_BACK: 124 })
    expect(tally(street.nonprofits, ({ form }) => form)).toEqual({
      VOLUNTEER_ORGANIZATION: 72,
      PUBLIC_SERVICE_GROUP: 27,
      MASS_ASSOCIATION: 45,
      CULTURAL_TEAM: 10,
      SOCIAL_WORK_AGENCY: 2,
      FOUNDATION: 1,
      MEDIATION_BODY: 5,
    })
    expect(street.nonprofits).toHaveLength(162)
    expect(sum(street.nonprofits.slice(0, 144).map(({ members }) => members))).toBe(2980)
    expect(sum(street.nonprofits.map(({ instructors }) => instructors))).toBe(70)
    expect(new Set(street.nonprofits.map(({ name }) => name.zh)).size).toBe(162)
  })

  it('give the shares of kinds and stages exactly', () => {
    const stories = [...street.suggestions()]
    expect(tally(stories, ({ kind }) => kind)).toEqual({
      SUGGESTION: 1650,
      COMPLAINT: 600,
      HELP_REQUEST: 450,
      PETITION_LETTER: 210,
      PRAISE: 90,
    })
    const stages = tally(stories, ({ stage }) => stage)
    expect(stages).toMatchObject({
      SATISFIED: 1800,
      RESOLVED: 360,
      EXPLAINED: 270,
      PROMISED: 180,
      IN_PROGRESS: 150,
      MERGED: 90,
      WITHDRAWN: 60,
    })
    expect(Object.keys(stages)).toHaveLength(13)
  })

  it('plan 30,000 suggestions and 24,000 profiles at full scale', () => {
    expect(createStreet({ anchor }).manifest.counts).toMatchObject({
      suggestions: 30_000,
      residents: 24_000,
      inhabitants: 130_000,
      nonprofits: 162,
    })
  })

  it('skew the profiles to 60 and over', () => {
    const bands = tally<Resident>(street.residents(), ({ band }) => band)
    expect((bands['A60_74'] ?? 0) + (bands['A75_PLUS'] ?? 0)).toBeGreaterThan(2400 * 0.5)
  })
})

describe('determinism', () => {
  it('gives the committed street for a fixed anchor, scale and seed', () => {
    expect(digest(createStreet({ anchor, scale: 0.02, seed: 7 }))).toBe('5e22dd48f8971d5093839566010b82a90cd6062d74bd81bc093a0561ab2ae858')
  })

  it('gives two instances the same street, and other seeds another one', () => {
    const one = digest(createStreet({ anchor, scale: 0.02 }))
    expect(digest(createStreet({ anchor, scale: 0.02 }))).toBe(one)
    expect(digest(createStreet({ anchor, scale: 0.02, seed: 2 }))).not.toBe(one)
  })

  it('tells one story without the others', () => {
    const all = [...street.suggestions()]
    for (const index of [0, 17, 1500, 2999]) expect(street.suggestion(index)).toEqual(all[index])
    expect(() => street.suggestion(3000)).toThrow(RangeError)
  })

  it('keeps the ids of territory and parties when today or the scale changes', () => {
    const other = createStreet({ anchor: new Date('2025-03-01T00:00:00Z'), scale: 0.02 })
    const ids = (of: typeof street): string[] =>
      [of.communities, of.nets, of.cells, of.departments, of.functionItems, of.nonprofits].flatMap((list) => list.map(({ id }) => id))
    expect(ids(other)).toEqual(ids(street))
  })

  it('refuses an anchor that is no instant and a scale out of bounds', () => {
    expect(() => createStreet({ anchor: new Date('never') })).toThrow(RangeError)
    expect(() => createStreet({ anchor, scale: 0 })).toThrow(RangeError)
  })
})

describe('the map', () => {
  const bounds = ({ coordinates }: Polygon): { west: number; south: number; east: number; north: number } => {
    const ring = coordinates[0] ?? []
    const longitudes = ring.map(([longitude]) => longitude)
    const latitudes = ring.map(([, latitude]) => latitude)
    return { west: Math.min(...longitudes), east: Math.max(...longitudes), south: Math.min(...latitudes), north: Math.max(...latitudes) }
  }
  const areaKm2 = (polygon: Polygon): number => {
    const { west, south, east, north } = bounds(polygon)
    return (east - west) * 96.58 * (north - south) * 110.86
  }
  const holds = (polygon: Polygon, [longitude, latitude]: readonly [number, number]): boolean => {
    const { west, south, east, north } = bounds(polygon)
    return longitude > west && longitude < east && latitude > south && latitude < north
  }

  it('covers 7.3 square kilometres', () => {
    expect(sum(street.communities.map(({ boundary }) => areaKm2(boundary)))).toBeCloseTo(7.3, 2)
  })

  it('tiles each community with its nets and its cells', () => {
    for (const { id, boundary } of street.communities) {
      const nets = street.nets.filter(({ community }) => community === id)
      const cells = street.cells.filter(({ community }) => community === id)
      expect(sum(nets.map((net) => areaKm2(net.boundary)))).toBeCloseTo(areaKm2(boundary), 9)
      expect(sum(cells.map((cell) => areaKm2(cell.boundary)))).toBeCloseTo(areaKm2(boundary), 9)
    }
  })

  it('puts every suggestion into exactly one cell, its own', () => {
    for (let index = 0; index < 3000; index += 10) {
      const { place, cell, community } = street.suggestion(index)
      const found = street.cells.filter(({ boundary }) => holds(boundary, place.coordinates))
      expect(found.map(({ id }) => id)).toEqual([cell])
      expect(found[0]?.community).toBe(community)
    }
  })
})

describe('people', () => {
  const residents = new Map([...street.residents()].map((resident) => [resident.id, resident]))

  it('hold grid roles in their own community, registered before they serve', () => {
    const roles = [...street.cells, ...street.nets].flatMap(({ community, managers }) =>
      managers.map(({ holder, since }) => ({ community, holder, since })),
    )
    for (const { community, holder, since } of roles) {
      if (holder === null) continue
      expect(residents.get(holder)?.community).toBe(community)
      expect(residents.get(holder)?.registeredAt.getTime()).toBeLessThan(Date.parse(since))
    }
  })

  it('have ids and contacts of their own', () => {
    expect(residents.size).toBe(2400)
    expect(new Set([...residents.values()].map(({ contact }) => contact)).size).toBe(2400)
    for (const { contact } of residents.values()) expect(contact).toMatch(/^\+86 129 \d{4} \d{4}$/)
  })

  it('lend their records to the personas', () => {
    const { personas } = street
    const home = street.communities[0]
    const resident = residents.get(personas.resident.id)
    const neighbour = residents.get(personas.neighbour.id)
    expect([resident?.community, neighbour?.community]).toEqual([home?.id, home?.id])
    expect(resident?.cell).not.toBe(neighbour?.cell)
    expect(residents.get(personas.residentOfOther.id)?.community).toBe(street.communities[1]?.id)
    expect(personas.clerk.id).toBe(home?.committee.id)
    expect([...street.suggestions()].some(({ author }) => author === personas.resident.id)).toBe(true)
  })
})
