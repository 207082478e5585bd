import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { type CharterList, type FunctionEntry, buildFunctionIndex, matchFunctions } from './index.js'
import { stem } from './text.js'

const entry = (id: string, titleZh: string, titleEn: string, keywords: string[], list: CharterList = 'BASIC'): FunctionEntry => ({
  ...{ id, code: `C-${id}`, titleZh, titleEn, list, keywords },
})
const items = [
  entry('lamp', '路灯照明设施维护管理', 'Maintenance of street lighting', ['路灯', '路灯不亮', 'street light', 'lamp']),
  entry('waste', '生活垃圾分类管理', 'Household waste sorting', ['垃圾', '垃圾桶', 'garbage', 'rubbish bin']),
  entry('noise', '社会生活噪声监督管理', 'Control of noise from daily life', ['噪音', '噪声', '广场舞', 'noise']),
  entry('dog', '养犬管理', 'Dog keeping', ['狗', '遛狗', 'dog'], 'COOPERATIVE'),
  entry('pension', '城乡居民养老保险经办', 'Old-age insurance of residents', ['养老保险', 'pension'], 'TAKEN_BACK'),
  entry('wifi', '公共WiFi建设', 'Public wireless network', ['wifi覆盖', 'wi-fi']),
]
const index = buildFunctionIndex(items)
const ids = (text: string, first?: number): string[] => matchFunctions(text, index, first).map(({ id }) => id)

describe('who is responsible for this', () => {
  it.each([
    ['我家楼下的路灯不亮已经一个星期了', 'lamp'],
    ['小区垃圾桶满了没人清理', 'waste'],
    ['晚上广场舞声音太大', 'noise'],
    ['有人遛狗不牵绳', 'dog'],
    ['养老保险怎么交', 'pension'],
    ['希望ＷＩＦＩ覆盖到活动室', 'wifi'],
    ['Two street lights are broken near the gate', 'lamp'],
    ['The RUBBISH BINS are overflowing', 'waste'],
    ['noisy neighbours; too much noise at night', 'noise'],
    ['dogs barking', 'dog'],
    ['照明设施坏了', 'lamp'],
    ['sorting of household waste', 'waste'],
  ])('%s → %s', (text, id) => expect(ids(text)[0]).toBe(id))

  it.each(['', '   ', '你好', 'hello there', '管理', '😀😀😀', 'the of and', '\u0000'])('gives nothing for %j', (text) =>
    expect(ids(text)).toEqual([]),
  )

  it('tells what was matched, and lets a longer keyword weigh more', () => {
    const [best] = matchFunctions('路灯不亮', index)
    expect(best?.matched).toEqual(expect.arrayContaining(['路灯', '路灯不亮']))
    const two = buildFunctionIndex([entry('a', '甲', 'x', ['停车']), entry('b', '乙', 'y', ['停车收费'])])
    expect(matchFunctions('停车收费太贵', two).map(({ id }) => id)).toEqual(['b', 'a'])
  })
  it('does not take a part of an English word for a keyword', () => expect(ids('dogma and lampoon')).toEqual([]))
  it('decides ties by list, then code, then id, whatever the order of the list', () => {
    const tied = [
      ...[entry('3', '甲', 'x', ['井盖'], 'TAKEN_BACK'), entry('2', '甲', 'x', ['井盖'], 'COOPERATIVE')],
      ...[entry('9', '甲', 'x', ['井盖']), entry('1', '甲', 'x', ['井盖'])],
    ]
    for (const order of [tied, [...tied].reverse()]) {
      expect(matchFunctions('井盖丢了', buildFunctionIndex(order)).map(({ id }) => id)).toEqual(['1', '9', '2', '3'])
    }
  })
  it('gives at most as many as asked, and at least one place', () => {
    const text = '路灯 垃圾 噪音 狗'
    expect([ids(text, 2).length, ids(text, 0).length, ids(text, -5).length, ids(text, 1e9).length, ids(text, Number.NaN).length]).toEqual([
      2, 1, 1, 4, 1,
    ])
  })
  it('reads the first 4,000 characters only', () => {
    expect(ids('一'.repeat(4000) + '路灯')).toEqual([])
    expect(ids('一'.repeat(3998) + '路灯')).toEqual(['lamp'])
  })
  it('works on an empty list', () => expect(matchFunctions('路灯', buildFunctionIndex([]))).toEqual([]))
  it('never throws, gives no id twice, scores falling', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fc.constantFrom('路灯', '垃圾', ' dog', '管理', 'x')).map((a) => a.join('')),
        ),
        (text) => {
          const found = matchFunctions(text, index, 50)
          expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
          found.slice(1).forEach(({ score }, i) => expect(score).toBeLessThanOrEqual(found[i]?.score ?? 0))
        },
      ),
    )
  })
})

describe('stems', () => {
  it.each([
    ['lights', 'light'],
    ['lighting', 'light'],
    ['lighted', 'light'],
    ['bodies', 'body'],
    ['boxes', 'box'],
    ['stopped', 'stop'],
    ['bus', 'bus'],
    ['glass', 'glass'],
    ['ing', 'ing'],
    ['dogs', 'dog'],
  ])('%s → %s', (word, expected) => expect(stem(word)).toBe(expected))
})
