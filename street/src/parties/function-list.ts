import { entityId } from '../chance.js'
import type { CharterList, Department, DepartmentCode, FunctionItem, Words } from '../model.js'
import { foundedMs } from '../place/territory.js'
import { topics } from '../topics/index.js'

/** The reported national average of duty lists: 117 + 99 + 124 = 340. */
const listSizes: Readonly<Record<CharterList, number>> = { BASIC: 117, COOPERATIVE: 99, TAKEN_BACK: 124 }

const facets: readonly (Words & { readonly word: Words; readonly owner: DepartmentCode | null })[] = [
  { zh: '问题受理与处置', en: 'receiving and settling reports', word: { zh: '', en: '' }, owner: null },
  { zh: '专项整治', en: 'special campaign', word: { zh: '专项整治', en: 'campaign' }, owner: null },
  { zh: '宣传引导', en: 'public guidance', word: { zh: '宣传引导', en: 'guidance' }, owner: 'CULTURE' },
  { zh: '行政许可与检查', en: 'licensing and inspection', word: { zh: '行政许可', en: 'licensing' }, owner: 'ECONOMY' },
  { zh: '应急值守', en: 'emergency duty', word: { zh: '应急值守', en: 'emergency duty' }, owner: 'SAFETY' },
  { zh: '统计台账', en: 'statistics', word: { zh: '统计台账', en: 'statistics' }, owner: 'PARTY' },
]

/** The next list by largest open share, so that the three lists are mixed evenly over the items that follow the topics. */
const restOfLists = (): (() => CharterList) => {
  const left = { ...listSizes }
  for (const { list } of topics) left[list]--
  const whole = { ...left }
  return () => {
    const lists: readonly CharterList[] = ['TAKEN_BACK', 'COOPERATIVE', 'BASIC']
    const next = lists.reduce((best, list) => (left[list] / whole[list] > left[best] / whole[best] ? list : best))
    left[next]--
    return next
  }
}

/**
 * The function list: 340 items. Item i < topics.length is the line that answers topic i and carries all its keywords;
 * the others need their own side of it to be named, so that a plain report leads to the first.
 */
export const createFunctionList = (seed: number, departments: readonly Department[]): FunctionItem[] => {
  const departmentId = (code: DepartmentCode): string => departments.find((department) => department.code === code)?.id ?? ''
  const nextList = restOfLists()
  const total = listSizes.BASIC + listSizes.COOPERATIVE + listSizes.TAKEN_BACK
  return Array.from({ length: total }, (_, i) => {
    const topic = topics[i % topics.length]
    const facetIndex = Math.floor(i / topics.length)
    const facet = facets[facetIndex]
    if (!topic || !facet) throw new Error('the topics are too few for the function list')
    const first = facetIndex === 0
    const owner = departmentId(facet.owner ?? topic.department)
    return {
      id: entityId(seed, 'fun', foundedMs, i),
      code: `TS-${facet.owner ?? topic.department}-${String(i + 1).padStart(3, '0')}`,
      title: { zh: `${topic.noun.zh}${facet.zh}`, en: `${topic.noun.en}: ${facet.en}` },
      list: first ? topic.list : nextList(),
      owner,
      supporting: owner === departmentId(topic.department) ? [] : [departmentId(topic.department)],
      respondWithin: topic.resolveWithin <= 7 ? 2 : topic.resolveWithin <= 15 ? 3 : 5,
      resolveWithin: first ? topic.resolveWithin : topic.resolveWithin + 5 * facetIndex,
      clock: topic.clock,
      keywords: first
        ? [...topic.keywords.zh, ...topic.keywords.en]
        : [`${topic.noun.zh}${facet.word.zh}`, `${topic.noun.en} ${facet.word.en}`],
      legalBasis: {
        zh: '街道职责清单（示例）及相关法律法规的一般规定',
        en: "The street's list of duties (sample) and the general rules of the laws that apply",
      },
      validFrom: '2012-01-01',
    }
  })
}
