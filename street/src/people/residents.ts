import { Chance, entityId } from '../chance.js'
import { dayMs } from '../clock.js'
import type { AgeBand, Resident } from '../model.js'
import { shareOut } from '../place/share-out.js'
import type { Territory } from '../place/territory.js'

/** People with a profile, and the way to find one of a community who was already registered at an instant. */
export interface People {
  readonly count: number
  /** The n-th registered resident of a community (wraps around those who were there before the three years began). */
  settled(communityIndex: number, n: number): string
  /** A resident of the community who was registered at `atMs`; the early registered are the more active. Returns id and place in the cell order. */
  someone(communityIndex: number, atMs: number, chance: Chance): { readonly id: string; readonly n: number }
  id(communityIndex: number, n: number): string
  all(territory: Territory, anchorYear: number): Iterable<Resident>
}

const settledShare = 0.35
const growth = 1.3
const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
]
const given = [...'安柏辰楚岱恩枫歌禾怀霁佳景可兰朗林洛茗宁佩琦清然若书舒思棠天听婉文希晓心星雪言一怡亦茵映语元媛悦云芸泽哲知竹梓']
/** Share of profiles per band: the paper's problem (3.1), the young and middle-aged hardly take part. */
const bands: readonly (readonly [AgeBand, number, low: number, high: number])[] = [
  ['UNDER_18', 0.02, 14, 17],
  ['A18_29', 0.08, 18, 29],
  ['A30_44', 0.14, 30, 44],
  ['A45_59', 0.2, 45, 59],
  ['A60_74', 0.36, 60, 74],
  ['A75_PLUS', 0.2, 75, 92],
]

/**
 * Spreads `count` profiles over the communities in proportion to their cells (`cellsPerCommunity`).
 *
 * Registration grows with the index inside a community: 35 % in the half year before `startMs`, the rest until `anchorMs`.
 */
export const createPeople = (
  seed: number,
  count: number,
  startMs: number,
  anchorMs: number,
  cellsPerCommunity: readonly number[],
): People => {
  const sizes = shareOut(count, cellsPerCommunity)
  const offsets = sizes.map((_, c) => sizes.slice(0, c).reduce((sum, size) => sum + size, 0))
  const ids = new Array<string | undefined>(count)
  const sizeOf = (c: number): number => sizes[c] ?? 0
  const settledOf = (c: number): number => Math.max(1, Math.floor(sizeOf(c) * settledShare) - 1)
  const registeredMs = (c: number, n: number): number => {
    const share = (n + 0.5) / sizeOf(c)
    if (share < settledShare) return Math.floor(startMs - 180 * dayMs * (1 - share / settledShare))
    return Math.floor(startMs + (anchorMs - startMs) * ((share - settledShare) / (1 - settledShare)) ** growth)
  }
  const id = (c: number, n: number): string => {
    const index = (offsets[c] ?? 0) + n
    return (ids[index] ??= entityId(seed, 'res', registeredMs(c, n), index))
  }
  const make = (territory: Territory, anchorYear: number, c: number, n: number): Resident => {
    const index = (offsets[c] ?? 0) + n
    const chance = new Chance(seed, 30, index)
    const places = territory.places[c] ?? []
    const cell = places[n % places.length]?.cell
    let left = chance.unit()
    const [band, , low, high] = bands.find(([, share]) => (left -= share) < 0) ?? bands[4] ?? ['A60_74', 0, 60, 74]
    return {
      id: id(c, n),
      name: chance.pick(surnames) + chance.pick(given) + (chance.may(0.75) ? chance.pick(given) : ''),
      birthYear: anchorYear - low - chance.below(high - low) - 1,
      band,
      community: cell?.community ?? '',
      cell: cell?.id ?? '',
      verification: n < 40 || chance.may(0.55) ? 'RESIDENCE' : chance.pick(['CONTACT', 'CONTACT', 'NONE', 'IDENTITY']),
      contact: `+86 129 ${String(Math.floor(index / 10_000)).padStart(4, '0')} ${String(index % 10_000).padStart(4, '0')}`,
      registeredAt: new Date(registeredMs(c, n)),
    }
  }
  return {
    count,
    id,
    settled: (c, n) => id(c, n % settledOf(c)),
    someone: (c, atMs, chance) => {
      const years = Math.min(1, Math.max(0, (atMs - startMs) / (anchorMs - startMs)))
      const share = settledShare + (1 - settledShare) * years ** (1 / growth)
      const there = Math.max(1, Math.floor(sizeOf(c) * share) - 1)
      const n = Math.floor(there * chance.unit() ** 2)
      return { id: id(c, n), n }
    },
    *all(territory, anchorYear) {
      for (let c = 0; c < sizes.length; c++) for (let n = 0; n < sizeOf(c); n++) yield make(territory, anchorYear, c, n)
    },
  }
}
