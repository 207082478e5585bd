/** What the hub never holds about a person. */
export type ForbiddenKind =
  | 'ID_CARD'
  | 'PASSPORT'
  | 'BANK_CARD'
  | 'SOCIAL_SECURITY'
  | 'PARTY_MEMBERSHIP'
  | 'FAITH'
  | 'ETHNICITY'
  | 'POLITICAL_VIEW'
  | 'CRIMINAL_RECORD'
  | 'HEALTH_LABEL'
  | 'PERSON_LABEL'

/** One place in a text, in UTF-16 units of the text that was given; the found words themselves are never repeated, so that no log holds them. */
export interface ForbiddenFinding {
  kind: ForbiddenKind
  start: number
  length: number
}

/** A pattern and what else has to hold for a hit, on the text with separators taken out. */
interface NumberRule {
  kind: ForbiddenKind
  pattern: RegExp
  holds: (compact: string) => boolean
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Checksum (ISO 7064 MOD 11-2, GB 11643) and a birth date that exists: what tells an ID-card number from any 18 digits. */
export const isIdCardNumber = (text: string): boolean => {
  if (!/^\d{17}[\dx]$/i.test(text)) return false
  const birth = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  const date = new Date(`${birth}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== birth || birth < '1890' || birth >= '2100') return false
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(text[i]), 0)
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase()
}

/** Luhn's check, on 16 to 19 digits that begin as cards do (3 to 6, 9, 22 to 27), so a timestamp of digits is none. */
export const isBankCardNumber = (digits: string): boolean => {
  if (!/^(?:[3-69]|2[2-7])\d+$/.test(digits) || digits.length < 16 || digits.length > 19) return false
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const n = Number(digit) * (i % 2 === 1 ? 2 : 1)
    return total + (n > 9 ? n - 9 : n)
  }, 0)
  return sum % 10 === 0
}

const always = (): boolean => true

/** Numbers that identify a person; the order decides when two rules hit the same digits. */
export const NUMBER_RULES: readonly NumberRule[] = [
  { kind: 'ID_CARD', pattern: /(?<![\da-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dx](?![\da-z])/gi, holds: isIdCardNumber },
  { kind: 'BANK_CARD', pattern: /(?<![\da-z]|\d\.)\d{16,19}(?![\da-z])/gi, holds: isBankCardNumber },
  { kind: 'BANK_CARD', pattern: /(?<![\da-z]|\d[ -])\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?(?![\da-z]|[ -]\d)/gi, holds: isBankCardNumber },
  { kind: 'PASSPORT', pattern: /(?<![\da-z])(?:[eg]\d{8}|e[a-hj-np-z]\d{7})(?![\da-z])/gi, holds: always },
  {
    kind: 'PASSPORT',
    pattern: /(?:护照|passport)[^\n\da-z]{0,6}(?:(?:no|number|is)\b[^\n\da-z]{0,3}){0,2}[a-z]{0,2}\d{6,9}(?![\da-z])/gi,
    holds: always,
  },
  {
    kind: 'SOCIAL_SECURITY',
    pattern:
      /(?:社保|社会保障|社会保险|医保|养老保险|个人)(?:卡|账户|帐户)?(?:编?号码?|账号|帐号|卡号)[^\n\da-z]{0,4}[a-z]{0,2}\d{7,20}(?![\da-z])/gi,
    holds: always,
  },
  { kind: 'SOCIAL_SECURITY', pattern: /(?:social security|\bssn\b)[^\n\d]{0,16}\d{3}-?\d{2}-?\d{4}(?!\d)/gi, holds: always },
]
