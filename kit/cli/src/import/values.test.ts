import { describe, expect, it } from '@jest/globals'

import { CHANNELS, SUGGESTION_KINDS } from '@commonhall/shared/matters'

import { channelOf, kindOf, numberOf, timeOf } from './values.js'

describe('words of offices', () => {
  it.each([
    ['2025/3/1 8:05', '2025-03-01T08:05:00'],
    ['2025-03-01 08:05:09', '2025-03-01T08:05:09'],
    ['2025年3月1日8时5分', '2025-03-01T08:05:00'],
    ['2025年3月1日 8时5分9秒', '2025-03-01T08:05:09'],
    ['２０２５．３．１', '2025-03-01'],
    ['20250301', '2025-03-01'],
    ['2025年12月31日', '2025-12-31'],
    ['2025-03-01T08:05:09.123Z', '2025-03-01T08:05:09Z'],
    ['2025-03-01T08:05+0800', '2025-03-01T08:05:00+08:00'],
    ['昨天', '昨天'],
    ['45717', '45717'],
    ['03/01/2025', '03/01/2025'],
  ])('the time %s is %s', (text, iso) => expect(timeOf(text)).toBe(iso))

  it.each([
    ['106.43', 106.43],
    ['１０６．４３', 106.43],
    ['106.43°', 106.43],
    ['-29', -29],
    ['1e3', null],
    ['0x10', null],
    ['106,43', null],
    ['', null],
  ])('the number %s is %s', (text, number) => expect(numberOf(text)).toBe(number))

  it('kinds and channels lead to words the hub knows, in both languages', () => {
    expect(['建议', '投诉', '求助', '信访', '表扬'].map(kindOf)).toEqual([...SUGGESTION_KINDS])
    expect(['手机', '网页', '热线', '服务站', '走访', '纸质', '面谈', '合作方'].map(channelOf)).toEqual([...CHANNELS])
    expect([kindOf('help request'), channelOf('face-to-face'), kindOf('别的')]).toEqual(['HELP_REQUEST', 'FACE_TO_FACE', '别的'])
  })
})
