import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { isIdCardNumber } from './numbers.js'
import { maskContact, maskName, scanForbiddenData } from './index.js'

const kinds = (text: string): string => [...new Set(scanForbiddenData(text).map(({ kind }) => kind))].join(' ')

// Made from the checksum rule; 999999 is no place, so these are nobody's.
const ID = '999999199001010016'

describe('data the hub never holds', () => {
  it.each([
    [`我的身份证是${ID}`, 'ID_CARD'],
    ['证件：999999 19900101 0016。', 'ID_CARD'],
    ['证件９９９９９９１９９００１０１００１６', 'ID_CARD'],
    ['卡号6222021234567890128', 'BANK_CARD'],
    ['card 4111 1111 1111 1111 please', 'BANK_CARD'],
    ['card 4111-1111-1111-1111', 'BANK_CARD'],
    ['护照E12345678丢了', 'PASSPORT'],
    ['my passport no. AB1234567', 'PASSPORT'],
    ['社保卡号：123456789012', 'SOCIAL_SECURITY'],
    ['医保编号 A12345678', 'SOCIAL_SECURITY'],
    ['my social security number is 078-05-1120', 'SOCIAL_SECURITY'],
    ['我是一名老党员，建议修路', 'PARTY_MEMBERSHIP'],
    ['邻居张伟是中共党员', 'PARTY_MEMBERSHIP'],
    ['政治面貌：群众', 'PARTY_MEMBERSHIP'],
    ['he is a communist party member', 'PARTY_MEMBERSHIP'],
    ['楼上信佛，每天念经', 'FAITH'],
    ['她是基督徒', 'FAITH'],
    ['宗教信仰：无', 'FAITH'],
    ['My neighbour is a devout Muslim', 'FAITH'],
    ['他是回族，不吃猪肉', 'ETHNICITY'],
    ['民族：汉', 'ETHNICITY'],
    ['She is Uyghur', 'ETHNICITY'],
    ['他的政治立场有问题', 'POLITICAL_VIEW'],
    ['his political views', 'POLITICAL_VIEW'],
    ['王强有前科', 'CRIMINAL_RECORD'],
    ['邻居刚刑满释放', 'CRIMINAL_RECORD'],
    ['he has a criminal record', 'CRIMINAL_RECORD'],
    ['楼下是个精神病', 'HEALTH_LABEL'],
    ['他患有精神分裂症', 'HEALTH_LABEL'],
    ['the man upstairs, who is schizophrenic', 'HEALTH_LABEL'],
    ['老李是上访户', 'PERSON_LABEL'],
  ])('is found in: %s', (text, kind) => expect(kinds(text)).toBe(kind))

  it.each([
    '信仰广场的路灯坏了',
    '民族路12号民族小学门口积水',
    '基督教堂旁边的垃圾桶满了',
    '党员活动中心晚上太吵',
    '希望党员志愿者服务站延长开放时间',
    '我是党员活动中心的常客',
    '我信教育局会处理好的',
    '我信佛山分公司的答复',
    '苗族风情街停车难',
    '我支持政府的决定',
    '请打电话 13812345678 或 023-68251234 联系我',
    '13812345678 13912345678',
    '社保局电话号码 68251234',
    '医保报销窗口几点开门？养老保险怎么交',
    '2026-11-23 09:30 到 2026年11月25日',
    '20261123093000123',
    '北碚区天生路2号3栋4单元1201室',
    '电表号 123456789012345',
    '快递单号 7512345678901234',
    '订单 123456789012345678',
    '金额 1234567890.50 元',
    '坐标 106.4234567890123456,29.8234567890123456',
    '小区有人吸毒，请查处',
    '请加强精神卫生宣传',
    '白族乡到汉族村的公路',
    '少数民族：风俗展览很好',
    '政治学习室的空调坏了',
    'The party room is noisy, the church bell too',
    'They are jewellers; the Han River walk is dark',
    'Passport photos at the station are expensive',
    'social security office opens at 9',
    'G7512 train, bus 548, lamp post E1234',
    '',
  ])('is not found in an ordinary matter: %s', (text) => expect(scanForbiddenData(text)).toEqual([]))

  it('is told by kind and place, never by its words', () => {
    const text = `你好，${ID}和4111111111111111`
    expect(scanForbiddenData(text)).toEqual([
      { kind: 'ID_CARD', start: 3, length: 18 },
      { kind: 'BANK_CARD', start: 22, length: 16 },
    ])
  })
  it('is found anywhere in a long text and never makes the scan throw', () => {
    expect(kinds(`${'路灯坏了。'.repeat(2000)}${ID}`)).toBe('ID_CARD')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const { start, length } of scanForbiddenData(text)) expect(start + length).toBeLessThanOrEqual(text.length)
      }),
    )
  })
  it('is told at most a hundred times', () => expect(scanForbiddenData('他是回族。'.repeat(4000))).toHaveLength(100))
  it('knows an ID-card number by date and checksum', () => {
    expect(isIdCardNumber(ID)).toBe(true)
    for (const wrong of ['999999199001010015', '999999199013010014', '999999199002300014', '99999919900101001', 'x'.repeat(18)]) {
      expect(isIdCardNumber(wrong)).toBe(false)
    }
    const lastDigits = [...'0123456789X'].filter((digit) => isIdCardNumber(`99999919900101001${digit}`))
    expect(lastDigits).toHaveLength(1)
  })
})

describe('masking', () => {
  it.each([
    ['13812345678', '138****5678'],
    ['+86 138 1234 5678', '138****5678'],
    ['023-68251234', '023****1234'],
    ['68251234', '****34'],
    ['12345', '***'],
    ['zhang.wei@example.org', 'z***@example.org'],
    ['@example.org', '***'],
    ['wechat_name', '***'],
    ['', '***'],
  ])('the contact %s is %s', (contact, masked) => expect(maskContact(contact)).toBe(masked))
  it.each([
    ['张伟', '张*'],
    ['张小明', '张**'],
    ['欧阳娜娜', '欧阳**'],
    ['欧阳', '欧*'],
    ['王', '*'],
    ['Jane Doe', 'J*** D***'],
    ['  ', ''],
  ])('the name %s is %s', (name, masked) => expect(maskName(name)).toBe(masked))
})
