import type { Chance } from '../chance.js'
import type { Words } from '../model.js'
import type { Topic } from '../topics/index.js'
import type { SuggestionKind } from './story.js'

const openers: Readonly<Record<SuggestionKind, readonly Words[]>> = {
  SUGGESTION: [
    { zh: '建议：', en: 'Suggestion: ' },
    { zh: '', en: '' },
    { zh: '提个意见，', en: 'A remark: ' },
  ],
  COMPLAINT: [
    { zh: '投诉：', en: 'Complaint: ' },
    { zh: '反映一个问题：', en: 'A problem: ' },
  ],
  HELP_REQUEST: [
    { zh: '求助：', en: 'Please help: ' },
    { zh: '请帮忙，', en: 'We need help: ' },
  ],
  PETITION_LETTER: [{ zh: '来信反映：', en: 'Letter: ' }],
  PRAISE: [{ zh: '感谢：', en: 'Thank you: ' }],
}
const asks: readonly Words[] = [
  { zh: '请尽快处理。', en: 'Please see to it soon.' },
  { zh: '希望给个答复。', en: 'We hope for an answer.' },
  { zh: '已经有一段时间了。', en: 'It has been so for a while.' },
  { zh: '邻居们都有同感。', en: 'The neighbours feel the same.' },
  { zh: '请问什么时候能解决？', en: 'When will it be settled?' },
  { zh: '麻烦社区看一看。', en: 'Would the committee have a look?' },
]

/** The text of one suggestion in both languages; it names the place and at least two keywords of its topic. */
export const suggestionText = (topic: Topic, kind: SuggestionKind, near: Words, chance: Chance): Words => {
  const opener = chance.pick(openers[kind])
  const { keywords } = topic
  if (kind === 'PRAISE') {
    return {
      zh: `${opener.zh}${near.zh}的${topic.noun.zh}（${keywords.zh[1] ?? ''}）办得又快又好。`,
      en: `${opener.en}${topic.noun.en} (${keywords.en[1] ?? ''}) near ${near.en} was dealt with quickly and well.`,
    }
  }
  const problem = chance.pick(topic.problems)
  const ask = chance.pick(asks)
  return { zh: `${opener.zh}${near.zh}附近，${problem.zh}，${ask.zh}`, en: `${opener.en}near ${near.en}, ${problem.en}. ${ask.en}` }
}

const texts = {
  plan: [
    ['先到现场查看，再安排处理', 'Look at the place first, then arrange the work'],
    ['联系责任单位，约定完工日期', 'Agree a date with the unit in charge'],
    ['列入本月计划，按期完成', "Put into this month's plan"],
  ],
  progress: [
    ['已到现场查看', 'Seen on the spot'],
    ['材料已采购，等待施工', 'Material is ordered, work follows'],
    ['正在施工', 'Work is under way'],
    ['已与相关单位协商', 'Talked with the units concerned'],
  ],
  resolution: [
    ['已处理完毕，请查看', 'Done, please have a look'],
    ['已修复并安排定期检查', 'Repaired, with regular checks from now on'],
    ['已协调解决，欢迎监督', 'Settled with those concerned'],
  ],
  explanation: [
    ['经核实，不符合现行办理条件，理由已当面说明', 'Checked: the conditions are not met; the reasons were explained in person'],
    ['本年度计划已排满，将列入下一年度研究', 'This year is fully planned; it will be studied for the next one'],
    ['涉及第三方产权，建议由业主共同决定', 'It concerns the property of others; the owners would have to decide'],
  ],
  notMine: [['经核对职责清单，该事项由其他科室负责', 'By the function list another office is responsible']],
  answered: [
    ['感谢来信，情况已记录', 'Thank you, this has been noted'],
    ['已当面答复', 'Answered in person'],
  ],
  duplicate: [['与较早的一条相同，合并办理', 'The same as an earlier entry, handled together']],
  question: [
    ['请补充具体位置', 'Please say where exactly'],
    ['请告知方便上门的时间', 'When may we come?'],
  ],
  answer: [
    ['就在单元门口右手边', 'Right beside the entrance'],
    ['工作日下午都可以', 'Any weekday afternoon'],
  ],
  why: [
    ['连续降雨，工期顺延', 'Rain delayed the work'],
    ['配件需要定制', 'A part has to be made to order'],
  ],
  praise: [
    ['满意，谢谢', 'Satisfied, thank you'],
    ['比上次快多了', 'Much faster than last time'],
  ],
  blame: [
    ['问题还在', 'The problem is still there'],
    ['只处理了一半', 'Only half was done'],
  ],
  step: [
    ['现场勘查', 'Survey'],
    ['制定方案', 'Plan'],
    ['组织实施', 'Works'],
    ['验收反馈', 'Acceptance and feedback'],
  ],
  feedback: [
    ['已向居民通报进展', 'Residents were told how it stands'],
    ['已在公示栏公布', 'Published on the notice board'],
  ],
} satisfies Record<string, readonly (readonly [zh: string, en: string])[]>

export type Phrase = keyof typeof texts

/** One everyday sentence of a kind, in the language of the story. `nth` picks a fixed one. */
export const phrase = (kind: Phrase, language: 'zh' | 'en', chance: Chance, nth?: number): string => {
  const list: readonly (readonly [string, string])[] = texts[kind]
  const found = nth === undefined ? chance.pick(list) : list[nth % list.length]
  return found?.[language === 'zh' ? 0 : 1] ?? ''
}
