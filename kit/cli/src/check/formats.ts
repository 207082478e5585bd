import type { CheckReport } from '@commonhall/shared/charter'

import { beside } from '../console/layout.js'
import type { Language } from '../console/speech.js'

type ReportedFinding = CheckReport['findings'][number]

/** How words are coloured; the identity where colours are not wanted. */
export interface Paint {
  red(text: string): string
  green(text: string): string
  bold(text: string): string
  dim(text: string): string
}

const COLUMNS = 80
const INDENT = 12
const LABELS = {
  en: { defined: 'defined', owned: 'owned by', effect: 'effect', remedies: 'remedies', more: 'more' },
  zh: { defined: '定义于', owned: '归属于', effect: '后果', remedies: '补救', more: '详情' },
} as const

const beneath = (label: string, text: string): string[] => beside(`  ${label}`, text, { indent: INDENT, columns: COLUMNS })

function findingText(finding: ReportedFinding, language: Language, paint: Paint): string[] {
  const { code, file, line, column, owner, ownedAt, message, consequence, remedies } = finding
  const labels = LABELS[language]
  const head = beside(code, message[language], { indent: code.length + 2, columns: COLUMNS })
  return [
    ...head.map((text, index) => (index === 0 ? paint.red(code) + text.slice(code.length) : text)),
    ...beneath(labels.defined, `${file}:${line}:${column}`),
    ...(owner === null ? [] : beneath(labels.owned, ownedAt ?? owner)),
    ...beneath(labels.effect, consequence[language]),
    ...remedies.flatMap((remedy, index) => {
      const number = `${index + 1}. `
      const lines = beside(number, remedy[language], { indent: number.length, columns: COLUMNS - INDENT })
      return lines.map((text, at) => (index + at === 0 ? beneath(labels.remedies, text)[0]! : ' '.repeat(INDENT) + text))
    }),
    ...beneath(labels.more, `commonhall explain ${code}`),
    '',
  ]
}

function summaryOf({ findings, composition }: CheckReport, language: Language, paint: Paint): string[] {
  const count = findings.length
  const parties = new Set(findings.map(({ offender }) => offender)).size
  const words =
    language === 'zh'
      ? count === 0
        ? '所有 schema 遵守章程。'
        : `${count} 项发现，涉及 ${parties} 个子图。`
      : count === 0
        ? 'All schemas keep the charter.'
        : `${count} finding${count > 1 ? 's' : ''} in ${parties} subgraph${parties > 1 ? 's' : ''}.`
  const composed = { zh: '合成成功。', en: 'They compose.' }[language]
  return [count === 0 ? paint.green(`✓ ${words}`) : paint.red(`✗ ${words}`), ...(composition.ok ? [paint.green(`✓ ${composed}`)] : [])]
}

/** The report for people: at most 80 columns, in one language. */
export function asText(report: CheckReport, language: Language, paint: Paint): string {
  const failure = { zh: '合成失败', en: 'does not compose' }[language]
  return [
    ...report.findings.flatMap((finding) => findingText(finding, language, paint)),
    ...report.composition.errors.flatMap(({ code, message }) => [
      ...beside('✗', `${code} (${failure}) ${message}`, { indent: 2, columns: COLUMNS }),
      '',
    ]),
    ...summaryOf(report, language, paint),
  ].join('\n')
}

const inMessage = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const inProperty = (text: string): string => inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** The report as workflow commands, which put each finding on its line of the pull request. */
export function asWorkflowCommands({ findings, composition }: CheckReport, language: Language): string {
  return [
    ...findings.map(({ code, file, line, column, message, consequence, remedies }) => {
      const text = [message, consequence, ...remedies].map((words) => words[language]).join('\n')
      return `::error file=${inProperty(file)},line=${line},col=${column},title=${inProperty(code)}::${inMessage(text)}`
    }),
    ...composition.errors.map(({ code, message }) => `::error title=${inProperty(code)}::${inMessage(message)}`),
  ].join('\n')
}
