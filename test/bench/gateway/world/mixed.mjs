import { seeded } from './rows.mjs'

const leaves = (...names) => names.map((name) => ({ name }))
const down = (name, type, args) => ({ name, type, args })

/** What a made-up document may select, by type; a field with a type goes on below it. */
const FIELDS = {
  Suggestion: [
    ...leaves('id', 'title', 'text', 'place', 'status', 'submittedAt', 'supporters'),
    ...[down('author', 'Resident'), down('community', 'Community'), down('comments', 'Comment', (n) => `first: ${1 + n(3)}`)],
    ...[down('triage', 'Triage'), down('handler', 'Committee'), down('limit', 'Limit'), down('offers', 'Offer')],
  ],
  Comment: [...leaves('id', 'text', 'at'), down('by', 'Resident')],
  Resident: [
    ...leaves('id', 'name', 'since', 'volunteerHours', 'skills'),
    ...[down('community', 'Community'), down('suggestions', 'Suggestion', (n) => `first: ${1 + n(2)}`)],
  ],
  Community: [
    ...leaves('id', 'name', 'nameEn', 'population', 'households'),
    ...[down('committee', 'Committee'), down('desk', 'Suggestion', (n) => `first: ${1 + n(3)}`), down('services', 'Service')],
    ...[down('funding', 'Funding', (n) => `year: ${2024 + n(3)}`), down('burden', 'Burden')],
  ],
  Committee: [...leaves('id', 'name', 'phone'), down('members', 'Member')],
  Member: leaves('name', 'role', 'since'),
  Triage: [...leaves('outcome', 'decidedAt', 'note'), down('duty', 'Duty')],
  Duty: [...leaves('id', 'title', 'basis', 'dueDays'), down('department', 'Department')],
  Department: leaves('id', 'name', 'nameEn', 'hotline'),
  Limit: leaves('dueAt', 'isLate', 'daysLeft'),
  Funding: leaves('year', 'grantedFen', 'spentFen', 'share'),
  Burden: leaves('forms', 'hoursPerWeek', 'meetings'),
  Organization: [...leaves('id', 'name', 'purpose'), down('services', 'Service')],
  Service: leaves('id', 'title', 'hours', 'isOpen'),
  Offer: [...leaves('id', 'hours', 'text'), down('organization', 'Organization')],
}

const ROOTS = [
  (n) => ({ field: `suggestions(first: ${2 + n(5)})`, type: 'Suggestion' }),
  (n) => ({ field: `suggestion(id: "sug_00${10 + n(70)}")`, type: 'Suggestion' }),
  (n) => ({ field: `community(id: "com_000${n(9)}")`, type: 'Community' }),
  (n) => ({ field: `resident(id: "res_00${10 + n(50)}")`, type: 'Resident' }),
  () => ({ field: 'communities', type: 'Community' }),
  (n) => ({ field: `departments(first: ${1 + n(5)})`, type: 'Department' }),
  (n) => ({ field: `organizations(first: ${1 + n(5)})`, type: 'Organization' }),
]

const selectionOf = (type, depth, chance) => {
  const chosen = FIELDS[type].filter(({ type: below }) => (below === undefined ? chance.below(2) === 0 : depth > 0 && chance.below(5) < 2))
  const fields = chosen.map(({ name, type: below, args }) => {
    const written = args === undefined ? name : `${name}(${args(chance.below)})`
    return below === undefined ? written : `${written} ${selectionOf(below, depth - 1, chance)}`
  })
  // At least one leaf, so that every selection is a selection.
  const first = FIELDS[type].find(({ type: below }) => below === undefined).name
  return `{ ${fields.length === 0 ? first : fields.join(' ')} }`
}

/** `count` distinct documents, the same in every run: one or two root fields, up to four levels, over one to four parties. */
export const mixedDocuments = (count, seed = 1000) => {
  const chance = seeded(seed)
  const documents = new Set()
  while (documents.size < count) {
    const roots = Array.from({ length: 1 + chance.below(2) }, (_, index) => {
      const { field, type } = chance.pick(ROOTS)(chance.below)
      return `r${index}: ${field} ${selectionOf(type, 3, chance)}`
    })
    documents.add(`query Mixed { ${roots.join(' ')} }`)
  }
  return [...documents]
}
