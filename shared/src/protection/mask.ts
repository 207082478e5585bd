const HIDDEN = '***'

/**
 * A phone number or e-mail address of which the owner recognises the own one and nobody else learns it.
 *
 * Phone: first three and last four digits (`138****5678`; a country code 86 is dropped). E-mail: first letter and domain. Anything else, or
 * too short to hide a part of, is `***`.
 */
export const maskContact = (contact: string): string => {
  const text = contact.trim()
  const at = text.lastIndexOf('@')
  if (at > 0 && at < text.length - 1) return `${[...text][0] ?? ''}${HIDDEN}${text.slice(at)}`
  if (!/^\+?[\d\s()-]+$/.test(text)) return HIDDEN
  const digits = text.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '')
  return digits.length >= 10 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : digits.length >= 7 ? `****${digits.slice(-2)}` : HIDDEN
}

const DOUBLE_SURNAMES = new Set([
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '令狐',
  '夏侯',
  '慕容',
  '司徒',
  '长孙',
  '宇文',
])

/** A name down to the family name (王** , 欧阳*) or to initials (J*** D***); an empty name stays empty. A single character is hidden whole. */
export const maskName = (name: string): string => {
  const text = name.trim()
  if (text === '') return ''
  const letters = [...text]
  if (!/^\p{Script=Han}+$/u.test(text))
    return text
      .split(/\s+/)
      .map((word) => `${[...word][0] ?? ''}${HIDDEN}`)
      .join(' ')
  const shown = letters.length > 2 && DOUBLE_SURNAMES.has(letters.slice(0, 2).join('')) ? 2 : letters.length > 1 ? 1 : 0
  return letters.slice(0, shown).join('') + '*'.repeat(Math.min(4, letters.length - shown))
}
