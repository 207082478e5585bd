import { Chance, entityId } from '../chance.js'
import type { Community, Nonprofit, NonprofitForm, Words } from '../model.js'
import { foundedMs } from '../place/territory.js'
import { shareOut } from '../place/share-out.js'

/** The paper's 72 + 27 + 45 + 10, the fixture's 2 + 1 + 1, and 4 mediation bodies set up by committees: 162 as the issue asks. */
const nonprofitCounts: readonly (readonly [NonprofitForm, number])[] = [
  ['VOLUNTEER_ORGANIZATION', 72],
  ['PUBLIC_SERVICE_GROUP', 27],
  ['MASS_ASSOCIATION', 45],
  ['CULTURAL_TEAM', 10],
  ['SOCIAL_WORK_AGENCY', 2],
  ['FOUNDATION', 1],
  ['MEDIATION_BODY', 5],
]
export const hostedMediationBodies = 4
/** "Nearly 3,000" volunteers over the first 144 organizations. */
const volunteersTotal = 2980
const instructorsPerTeam = 7

const firsts: readonly Words[] = [
  { zh: '邻里', en: 'Neighbour' },
  { zh: '暖心', en: 'Warm Heart' },
  { zh: '微光', en: 'Glimmer' },
  { zh: '青松', en: 'Green Pine' },
  { zh: '彩虹', en: 'Rainbow' },
  { zh: '春雨', en: 'Spring Rain' },
  { zh: '守望', en: 'Lookout' },
  { zh: '同行', en: 'Side by Side' },
  { zh: '向阳', en: 'Sunward' },
  { zh: '蒲公英', en: 'Dandelion' },
  { zh: '小桥', en: 'Little Bridge' },
  { zh: '百灵', en: 'Lark' },
]
const works: Readonly<Record<NonprofitForm, readonly Words[]>> = {
  VOLUNTEER_ORGANIZATION: [
    { zh: '志愿服务队', en: 'Volunteers' },
    { zh: '助老志愿队', en: 'Volunteers for the Aged' },
    { zh: '环境志愿队', en: 'Volunteers for Clean Streets' },
    { zh: '助餐志愿队', en: 'Meal Volunteers' },
    { zh: '便民维修队', en: 'Repair Volunteers' },
    { zh: '助学志愿队', en: 'Homework Volunteers' },
  ],
  PUBLIC_SERVICE_GROUP: [
    { zh: '公益服务社', en: 'Public Service Group' },
    { zh: '健康服务社', en: 'Health Service Group' },
    { zh: '儿童服务社', en: "Children's Service Group" },
  ],
  MASS_ASSOCIATION: [
    { zh: '健步协会', en: 'Walking Association' },
    { zh: '书画协会', en: 'Painting Association' },
    { zh: '园艺协会', en: 'Gardening Association' },
    { zh: '棋类协会', en: 'Chess Association' },
  ],
  CULTURAL_TEAM: [{ zh: '文艺队', en: 'Arts Team' }],
  SOCIAL_WORK_AGENCY: [{ zh: '社会工作服务中心', en: 'Social Work Centre' }],
  FOUNDATION: [{ zh: '社区基金会', en: 'Community Foundation' }],
  MEDIATION_BODY: [{ zh: '第三方调解中心', en: 'Third-party Mediation Centre' }],
}

const nameOf = (form: NonprofitForm, n: number, host: Community | undefined): Words => {
  if (host) return { zh: `${host.name.zh}人民调解委员会`, en: `Mediation Committee of ${host.name.en}` }
  const first = firsts[n % firsts.length] ?? { zh: '', en: '' }
  const kinds = works[form]
  const work = kinds[Math.floor(n / firsts.length) % kinds.length] ?? { zh: '', en: '' }
  const round = Math.floor(n / (firsts.length * kinds.length))
  return { zh: `${first.zh}${work.zh}${round ? `（${round + 1}）` : ''}`, en: `${first.en} ${work.en}${round ? ` ${round + 1}` : ''}` }
}

/** All 162 organizations, volunteers first, in a fixed order; names are unique. Members of the first 144 add up to 2,980. */
export const createNonprofits = (seed: number, communities: readonly Community[]): Nonprofit[] => {
  const chance = new Chance(seed, 20, 0)
  const members = shareOut(
    volunteersTotal,
    Array.from({ length: 144 }, () => chance.between(0.5, 1.8)),
  )
  const all: Nonprofit[] = []
  for (const [form, count] of nonprofitCounts) {
    for (let n = 0; n < count; n++) {
      const index = all.length
      const host = form === 'MEDIATION_BODY' && n > 0 ? communities[n - 1] : undefined
      const professional = form === 'SOCIAL_WORK_AGENCY' || form === 'FOUNDATION' || form === 'MEDIATION_BODY'
      all.push({
        id: entityId(seed, 'npo', foundedMs, index),
        name: nameOf(form, n, host),
        form,
        registration: professional ? 'REGISTERED' : chance.pick(['REGISTERED', 'FILED', 'FILED', 'INFORMAL']),
        hostCommittee: host ? host.committee.id : null,
        description: { zh: '演示数据：虚构的组织。', en: 'Demo data: a fictional organization.' },
        members: members[index] ?? (form === 'CULTURAL_TEAM' ? 15 + chance.below(25) : 5 + chance.below(8)),
        instructors: form === 'CULTURAL_TEAM' ? instructorsPerTeam : 0,
      })
    }
  }
  return all
}
