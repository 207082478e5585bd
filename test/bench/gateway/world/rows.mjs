/** Numbers that look like chance and are the same in every process and run. */
export const seeded = (seed) => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { below: (bound) => Math.floor(next() * bound), pick: (list) => list[Math.floor(next() * list.length)] }
}

const COMMUNITIES = ['天生', '新桥', '柳荫', '石桥', '云泉', '龙凤', '文星', '朝阳', '桂园']
const ENGLISH = [
  'Tiansheng',
  'New Bridge',
  'Willow Shade',
  'Stone Bridge',
  'Cloud Spring',
  'Dragon Gate',
  'Star',
  'Sunrise',
  'Laurel Garden',
]
const PLACES = ['一号楼门口', '二单元楼道', '小广场东侧', 'the north gate', '菜市场旁', 'bus stop 3', '老年活动室', '停车棚']
const MATTERS = ['路灯不亮', '加装扶手', 'noise at night', '垃圾分类点太远', '修补步道', 'more benches', '电梯检修', '雨后积水']
const REMARKS = [
  '晚上出门的老人很多，请尽快安排人来看一看。',
  'It has been like this since spring; the neighbours have measured it twice.',
  '同意，我们单元也有同样的情况，已经拍了照片。',
  'The quote "soon" was given in March.\nNobody came.',
]
const NAMES = ['李秀英', '王建国', '张敏', '陈志强', 'Zhou Lan', '刘洋', '杨桂芳', '赵磊', 'Wu Lan', '黄海燕']
const OUTCOMES = ['ACCEPTED', 'FORWARDED', 'MERGED']
const STATUSES = ['SUBMITTED', 'ACCEPTED', 'IN_PROGRESS', 'RESOLVED']

const numbered = (prefix, number) => `${prefix}_${String(number).padStart(4, '0')}`
const list = (count, make) => Array.from({ length: count }, (_, index) => make(index))

/**
 * The measured world: nine communities, 90 suggestions, 60 residents, and what four parties know of them.
 *
 * A row holds the fields of all parties; a field with arguments is a function, as graphql-js's default resolver calls it.
 */
export const createRows = () => {
  const chance = seeded(20260302)
  const day = () => `2026-0${1 + chance.below(9)}-1${chance.below(10)}T0${chance.below(10)}:30:00Z`
  const communities = list(9, (index) => ({
    ...{ id: numbered('com', index), name: `${COMMUNITIES[index]}社区`, nameEn: ENGLISH[index] },
    ...{ population: 9000 + chance.below(8000), households: 3000 + chance.below(2000) },
    burden: { forms: 20 + chance.below(60), hoursPerWeek: chance.below(400) / 10, meetings: chance.below(30) },
  }))
  const departments = list(6, (index) => ({
    ...{ id: numbered('dep', index), name: `${chance.pick(['城管', '民政', '住建', '卫健'])}办公室`, nameEn: `Office ${index}` },
    hotline: `12345-${index}`,
  }))
  const duties = list(24, (index) => ({
    ...{ id: numbered('duty', index), title: `${chance.pick(MATTERS)}处置`, basis: `街道职责清单第${index + 1}条` },
    ...{ dueDays: 3 + chance.below(27), department: departments[index % departments.length] },
  }))
  const organizations = list(8, (index) => ({
    ...{ id: numbered('org', index), name: `${chance.pick(ENGLISH)} ${chance.pick(['互助会', '志愿队', 'Care'])}` },
    purpose: chance.pick(REMARKS),
  }))
  const services = list(32, (index) => ({
    ...{ id: numbered('srv', index), title: chance.pick(['助餐', '陪诊', 'legal advice', '课后托管']), hours: chance.below(40) },
    isOpen: chance.below(4) > 0,
  }))
  const residents = list(60, (index) => ({
    ...{ id: numbered('res', index), name: `${chance.pick(NAMES)}${index}`, since: day(), volunteerHours: chance.below(200) },
    ...{ skills: list(chance.below(3), () => chance.pick(['木工', 'English', '急救'])), community: communities[index % 9] },
  }))
  const suggestions = list(90, (index) => ({
    ...{ id: numbered('sug', index), title: `${chance.pick(MATTERS)}（${chance.pick(PLACES)}）`, text: chance.pick(REMARKS) },
    ...{ place: chance.pick(PLACES), status: chance.pick(STATUSES), submittedAt: day(), supporters: chance.below(300) },
    ...{ author: chance.pick(residents), community: communities[index % 9] },
    limit: { dueAt: day(), isLate: chance.below(4) === 0, daysLeft: chance.below(40) - 10 },
  }))
  const committees = communities.map((community, index) => ({
    ...{ id: numbered('cmt', index), name: `${community.name}居民委员会`, phone: `023-6825-${1000 + index}` },
    members: list(4, () => ({ name: chance.pick(NAMES), role: chance.pick(['主任', '委员', 'secretary']), since: day() })),
  }))
  for (const [index, community] of communities.entries()) {
    const own = suggestions.filter((suggestion) => suggestion.community === community)
    const grantedFen = 1_000_000 + chance.below(9_000_000)
    community.committee = committees[index]
    community.desk = ({ first }) => own.slice(0, first)
    community.funding = ({ year }) => ({ year, grantedFen, spentFen: grantedFen >> 1, share: (1 + (grantedFen % 97)) / 128 })
    community.services = services.slice(index * 3, index * 3 + 3)
  }
  for (const department of departments) department.duties = duties.filter((duty) => duty.department === department)
  for (const [index, organization] of organizations.entries()) organization.services = services.slice(index * 4, index * 4 + 4)
  for (const resident of residents) {
    const own = suggestions.filter(({ author }) => author === resident)
    resident.suggestions = ({ first }) => own.slice(0, first)
  }
  for (const [index, suggestion] of suggestions.entries()) {
    const remark = () => ({ text: chance.pick(REMARKS), at: day(), by: chance.pick(residents) })
    const comments = list(chance.below(4), (nth) => ({ id: `${suggestion.id}_c${nth}`, ...remark() }))
    suggestion.comments = ({ first }) => comments.slice(0, first)
    suggestion.handler = suggestion.community.committee
    suggestion.offers = list(chance.below(3), (nth) => ({
      ...{ id: `${suggestion.id}_o${nth}`, hours: 1 + chance.below(8), text: chance.pick(REMARKS) },
      organization: organizations[(index + nth) % organizations.length],
    }))
    const triage = { outcome: chance.pick(OUTCOMES), decidedAt: day(), note: chance.pick(REMARKS), duty: chance.pick(duties) }
    // Some are not decided yet: a null in the middle of what another party is asked about.
    suggestion.triage = index % 7 === 3 ? null : triage
  }
  return { communities, committees, departments, duties, organizations, residents, suggestions }
}

const KINDS = {
  ...{ Community: 'communities', Committee: 'committees', Department: 'departments', Duty: 'duties' },
  ...{ Organization: 'organizations', Resident: 'residents', Suggestion: 'suggestions' },
}

/** The root fields of all parties over the rows, and the way from an entity's representation to its row. */
export const createWorld = () => {
  const rows = createRows()
  const byType = Object.fromEntries(
    Object.entries(KINDS).map(([type, kind]) => {
      for (const row of rows[kind]) row.__typename = type
      return [type, new Map(rows[kind].map((row) => [row.id, row]))]
    }),
  )
  const find = (type, id) => byType[type].get(id) ?? null
  return {
    rows,
    root: {
      suggestions: ({ first }) => rows.suggestions.slice(0, first),
      suggestion: ({ id }) => find('Suggestion', id),
      resident: ({ id }) => find('Resident', id),
      communities: () => rows.communities,
      community: ({ id }) => find('Community', id),
      departments: ({ first }) => rows.departments.slice(0, first),
      organizations: ({ first }) => rows.organizations.slice(0, first),
    },
    entity: ({ __typename, id }) => find(__typename, id),
  }
}
