/** What offices write for the hub's words; what is not here goes to the hub as it stands, and the hub says what it knows. */
const KINDS: Readonly<Record<string, string>> = {
  ...{ 建议: 'SUGGESTION', 意见建议: 'SUGGESTION', 投诉: 'COMPLAINT', 投诉举报: 'COMPLAINT', 求助: 'HELP_REQUEST', 帮助: 'HELP_REQUEST' },
  ...{ 信访: 'PETITION_LETTER', 来信: 'PETITION_LETTER', 信件: 'PETITION_LETTER', 表扬: 'PRAISE', 感谢: 'PRAISE' },
}

const CHANNELS: Readonly<Record<string, string>> = {
  ...{
    手机: 'APP',
    应用: 'APP',
    小程序: 'APP',
    网页: 'WEB',
    网站: 'WEB',
    热线: 'HOTLINE',
    电话: 'HOTLINE',
    服务站: 'STATION',
    窗口: 'STATION',
  },
  ...{
    走访: 'VISIT',
    入户: 'VISIT',
    纸质: 'PAPER',
    书面: 'PAPER',
    面谈: 'FACE_TO_FACE',
    当面: 'FACE_TO_FACE',
    合作方: 'PARTNER',
    外部系统: 'PARTNER',
  },
}

const wordOf =
  (words: Readonly<Record<string, string>>) =>
  (text: string): string =>
    words[text] ?? text.trim().toUpperCase().replaceAll(/[ -]/g, '_')

/** A kind of entry by its Chinese or English name. */
export const kindOf = wordOf(KINDS)

/** A channel by its Chinese or English name. */
export const channelOf = wordOf(CHANNELS)

const pad = (digits: string): string => digits.padStart(2, '0')

const DATE_AND_TIME =
  /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]*(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*(?:[:分]\s*(\d{1,2})(?:\.\d+)?\s*秒?)?\s*分?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i
const EIGHT_DIGITS = /^(\d{4})(\d{2})(\d{2})$/

/**
 * A time as offices write it (2025/3/1 8:05, 2025年3月1日8时5分, 2025.3.1, 20250301, ISO 8601) in ISO 8601; the zone only where the text has one. What is none of these
 * comes back as it is: the hub says what it wants.
 */
export const timeOf = (text: string): string => {
  const plain = text.normalize('NFKC').trim()
  const [, year, month, day, hour, minute, second, zone] = DATE_AND_TIME.exec(plain) ?? EIGHT_DIGITS.exec(plain) ?? []
  if (year === undefined || month === undefined || day === undefined) return text
  const date = `${year}-${pad(month)}-${pad(day)}`
  if (hour === undefined || minute === undefined) return zone === undefined ? date : text
  const offset = zone === undefined ? '' : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
  return `${date}T${pad(hour)}:${pad(minute)}:${pad(second ?? '0')}${offset}`
}

/** A number as tables hold it (also full-width, also `106.43°`), or null when it is none. */
export const numberOf = (text: string): number | null => {
  const plain = text
    .normalize('NFKC')
    .replace(/[°度]$/, '')
    .trim()
  return /^[+-]?\d{1,12}(\.\d+)?$/.test(plain) ? Number(plain) : null
}

/** The year of a date as offices write it (1961, 1961年5月, 1961-05-02, 19610502); any other text as it is. */
export const yearOf = (text: string): string => /^\s*(\d{4})(?:\d{4})?(?!\d)/.exec(text.normalize('NFKC'))?.[1] ?? text
