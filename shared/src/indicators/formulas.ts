/** A text for people, in both languages of the hub. */
export interface Bilingual {
  zh: string
  en: string
}

/**
 * One indicator in words, for the dashboard's "how is this counted?" and the generated reference.
 *
 * `counts` decides on small cells: PERSONS are suppressed below k; MATTERS are duties of an organ (promises, answers, cells), where a small
 * number tells nothing about a person and hiding it would shield the organ. `denominator` is null for what is not a share.
 */
export interface Formula {
  counts: 'PERSONS' | 'MATTERS'
  title: Bilingual
  numerator: Bilingual
  denominator: Bilingual | null
}

type Row = readonly [
  counts: Formula['counts'],
  titleZh: string,
  titleEn: string,
  numerator: readonly [string, string],
  denominator?: readonly [string, string],
]

const rows = {
  'I5.received/1': ['MATTERS', '收到', 'Received', ['期内应答复的交办事项', 'routed items whose answerBy lies in the period']],
  'I5.responded/1': [
    ...(['MATTERS', '按时答复率', 'Responded in time'] as const),
    ['在答复期限前承诺办理或说明理由的事项', 'items accepted with a promise or declined with an explanation, before answerBy'],
    ['答复期限在期内的交办事项', 'routed items whose answerBy lies in the period'],
  ],
  'I5.onTime/1': [
    ...(['MATTERS', '按期办结率', 'On time'] as const),
    ['在期限内（含延期）兑现的承诺', 'promises kept by dueAt, extensions included'],
    ['期限在期内的承诺', 'promises whose dueAt lies in the period'],
  ],
  'I5.keptPromise/1': [
    ...(['MATTERS', '首次承诺兑现率', 'First promise kept'] as const),
    ['在首次承诺期限内兑现的承诺', 'promises kept by firstDueAt'],
    ['首次期限在期内的承诺', 'promises whose firstDueAt lies in the period'],
  ],
  'I5.resolved/1': [
    ...(['MATTERS', '办结率', 'Resolved'] as const),
    ['已办结的事项', 'handlings with resolvedAt'],
    ['期内受理的事项', 'handlings accepted in the period'],
  ],
  'I5.extended/1': [
    ...(['MATTERS', '延期率', 'Extended'] as const),
    ['至少延期一次的承诺', 'promises with at least one extension'],
    ['期内作出的承诺', 'promises made in the period'],
  ],
  'I5.bounced/1': [
    ...(['MATTERS', '退回率', 'Bounced'] as const),
    ['以“非本单位职责”退回的答复', 'declines NOT_MY_FUNCTION'],
    ['期内的全部答复', 'answers given in the period'],
  ],
  'I5.declinedNotMine/1': [
    'MATTERS',
    '非本单位职责退回数',
    'Declined as not mine',
    ['以“非本单位职责”退回的答复', 'declines NOT_MY_FUNCTION in the period'],
  ],
  'I5.overdueNow/1': ['MATTERS', '当前逾期', 'Overdue now', ['已过期限且未兑现的承诺', 'promises past dueAt and not kept, at this moment']],
  'I5.medianHoursToRespond/1': [
    'MATTERS',
    '答复用时中位数（小时）',
    'Median hours to respond',
    ['从交办到答复的小时数', 'hours from triage to the answer'],
  ],
  'I5.satisfaction.resolved/1': [
    ...(['PERSONS', '居民认可办结率', 'Resolved, residents say'] as const),
    ['居民评价为已解决', 'outcomes with resolved = true'],
    ['居民作出的评价（未评价不计）', 'outcomes given; unrated ones are not counted'],
  ],
  'I5.satisfaction.satisfied/1': [
    ...(['PERSONS', '满意率', 'Satisfied'] as const),
    ['评分四分及以上', 'outcomes with a score of 4 or 5'],
    ['居民作出的评价（未评价不计）', 'outcomes given; unrated ones are not counted'],
  ],
  'I5.satisfaction.reopened/1': [
    ...(['PERSONS', '重办率', 'Reopened'] as const),
    ['居民要求重办的诉求', 'suggestions reopened by their authors'],
    ['已办结的诉求', 'suggestions resolved'],
  ],
  'I6.governmentShare/1': [
    ...(['MATTERS', '政府收入占比', 'Share of government income'] as const),
    ['来自政府的收入（分）', 'income from the government, in cents'],
    ['全部收入（分，按社会组织自己的账）', "all income by the nonprofits' own books, in cents"],
  ],
  'I6.active/1': [
    ...(['MATTERS', '活跃组织率', 'Active organizations'] as const),
    ['期内至少有一次受理、服务、交付或报告的组织', 'organizations with at least one acceptance, shift, delivery or report'],
    ['登记、备案及未登记的组织', 'registered, filed and informal organizations'],
  ],
  'I7.staffedCells/1': [
    ...(['MATTERS', '网格到岗率', 'Staffed cells'] as const),
    ['期末各岗位齐备的单元', 'cells with every needed role filled on the last day'],
    ['全部单元', 'cells'],
  ],
  'I7.visitedHouseholds/1': [
    ...(['PERSONS', '入户走访率', 'Visited households'] as const),
    ['走访的户数（每单元以其户数为限）', 'households visited, capped per cell at its households'],
    ['全部户数', 'households'],
  ],
  'I7.medianMinutesToTriage/1': [
    'MATTERS',
    '首次分办用时中位数（工作分钟）',
    'Median working minutes to triage',
    ['从提交到首次分办的工作分钟', 'working minutes from createdAt to the first triage'],
  ],
  'I7.untriaged/1': ['MATTERS', '待分办', 'Untriaged', ['尚未分办的诉求', 'entries still waiting for triage']],
  'I7.byChannel/1': ['MATTERS', '按渠道', 'By channel', ['该渠道的已分办诉求', 'triaged entries that came by this channel']],
  'I15.nonprofitHandled/1': [
    'MATTERS',
    '社会组织办结数',
    'Handled by nonprofits',
    ['社会组织办结的事项', 'matters finished by nonprofits'],
  ],
} satisfies Record<string, Row>

/** Code and version of a formula, as `Rate.formula` returns it. A change of meaning takes a new version, never the old code. */
export type FormulaCode = keyof typeof rows

const words = ([zh, en]: readonly [string, string]): Bilingual => ({ zh, en })

const formulaOf = ([counts, zh, en, numerator, denominator]: Row): Formula => ({
  counts,
  title: { zh, en },
  numerator: words(numerator),
  denominator: denominator ? words(denominator) : null,
})

/** All formulas of I5, I7 and the part of I6 and I15 that suggestions use; the codes live only here. */
export const FORMULAS: Readonly<Record<FormulaCode, Formula>> = Object.fromEntries(
  Object.entries(rows).map(([code, row]) => [code, formulaOf(row as Row)]),
) as Record<FormulaCode, Formula>
