import type { RuleExplanation } from '@commonhall/shared/charter'

import type { Paint } from '../check/formats.js'
import { beside, wrap } from '../console/layout.js'
import type { Language } from '../console/speech.js'

const COLUMNS = 80
const WORDS = {
  en: {
    effect: 'What would happen',
    refused: 'Refused',
    accepted: 'Accepted',
    granted: 'Accepted with the grant',
    instead: 'instead of',
    says: 'What the check says',
  },
  zh: { effect: '后果', refused: '拒绝', accepted: '接受', granted: '有此授权则接受', instead: '替换', says: '检查所说' },
} as const

const indented = (text: string): string[] => text.split('\n').map((line) => `    ${line}`)

/** The page of a rule for a terminal, in one language. */
export function asExplanation(rule: RuleExplanation, language: Language, paint: Paint): string {
  const { code, kind, title, consequence, example, finding } = rule
  const words = WORDS[language]
  const section = (heading: string, lines: readonly string[]): string[] => ['', paint.bold(heading), ...lines]
  const instead = example?.replaces === undefined ? [] : [`  ${words.instead}`, ...indented(example.replaces)]
  const inParty = example ? ` (${example.in})` : ''
  return [
    `${paint.bold(code)}  ${kind}`,
    ...wrap(title[language], COLUMNS),
    ...section(
      words.effect,
      wrap(consequence[language], COLUMNS - 2).map((line) => `  ${line}`),
    ),
    ...(example ? section(words.refused + inParty, [...indented(example.refused || '# –'), ...instead]) : []),
    ...(example?.accepted === undefined ? [] : section(words.accepted + inParty, indented(example.accepted))),
    ...(example?.grant === undefined
      ? []
      : section(`${words.granted} (charter/${example.grant.of}.yaml)`, indented(`- ${example.grant.line}`))),
    ...section(words.says, [
      ...wrap(finding.message[language], COLUMNS - 2).map((line) => `  ${line}`),
      ...finding.remedies.flatMap((remedy, index) => beside(`  ${index + 1}.`, remedy[language], { indent: 5, columns: COLUMNS })),
    ]),
  ].join('\n')
}
