import type { Bilingual } from './model.js'

/** Why a charter file is not valid, at which place, and what to do. Lines and columns start at 1. */
export interface CharterFault {
  readonly code: CharterFaultCode
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: Bilingual
  readonly remedy: Bilingual
}

export type CharterFaultCode =
  | 'CHARTER_NOT_YAML'
  | 'CHARTER_UNKNOWN_KEY'
  | 'CHARTER_SHAPE'
  | 'CHARTER_DUPLICATE_OWNER'
  | 'CHARTER_DUPLICATE_ACT'
  | 'CHARTER_DUPLICATE_PARTY'
  | 'CHARTER_NO_COMMONS'
  | 'CHARTER_BAD_GRANT'

/** A place in a charter file. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

const fault = (code: CharterFaultCode, place: Place, message: Bilingual, remedy: Bilingual): CharterFault => ({
  code,
  file: place.file,
  line: place.line,
  column: place.column,
  message,
  remedy,
})

/** The catalogue of what can be wrong with a charter file: one function a fault, whole sentences. */
export const charterFaults = {
  notYaml: (place: Place, reason: string) =>
    fault(
      'CHARTER_NOT_YAML',
      place,
      { zh: `文件不是有效的 YAML：${reason}`, en: `The file is not valid YAML: ${reason}` },
      {
        zh: '修正该行的缩进或标点；编辑器可用 charter/schema.json 校验。',
        en: 'Mend indentation or punctuation on that line; editors check against charter/schema.json.',
      },
    ),
  unknownKey: (place: Place, key: string, known: readonly string[]) =>
    fault(
      'CHARTER_UNKNOWN_KEY',
      place,
      { zh: `未知的键“${key}”。`, en: `Unknown key "${key}".` },
      { zh: `删除它，或改用：${known.join('、')}。`, en: `Remove it, or use one of: ${known.join(', ')}.` },
    ),
  shape: (place: Place, path: string, reason: string) =>
    fault(
      'CHARTER_SHAPE',
      place,
      { zh: `“${path}”的值不符合要求：${reason}`, en: `"${path}" has a wrong value: ${reason}` },
      { zh: '键的含义见 docs/reference/charter.md。', en: 'docs/reference/charter.md says what each key holds.' },
    ),
  duplicateOwner: (place: Place, what: string, firstFile: string, firstLine: number) =>
    fault(
      'CHARTER_DUPLICATE_OWNER',
      place,
      { zh: `${what} 已由 ${firstFile}:${firstLine} 拥有。`, en: `${what} is already owned at ${firstFile}:${firstLine}.` },
      { zh: '每项只归一方：请从其中一处删除。', en: 'Everything has one owner: remove it from one of the two places.' },
    ),
  duplicateAct: (place: Place, what: string, firstFile: string, firstLine: number) =>
    fault(
      'CHARTER_DUPLICATE_ACT',
      place,
      { zh: `${what} 已在 ${firstFile}:${firstLine} 登记。`, en: `${what} already stands at ${firstFile}:${firstLine}.` },
      { zh: '一项职能只登记一次：改用另一个代码或另一个 mutation。', en: 'An act stands once: take another code or another mutation.' },
    ),
  duplicateParty: (place: Place, what: string, firstFile: string) =>
    fault(
      'CHARTER_DUPLICATE_PARTY',
      place,
      { zh: `${what} 已由 ${firstFile} 声明。`, en: `${what} is already declared by ${firstFile}.` },
      { zh: '每一方一个文件，公共词汇一个文件。', en: 'One file per party, one file for the commons.' },
    ),
  noCommons: (place: Place) =>
    fault(
      'CHARTER_NO_COMMONS',
      place,
      { zh: '缺少公共词汇文件。', en: 'The file of the commons is missing.' },
      { zh: '添加 charter/commons.yaml（commons: true）。', en: 'Add charter/commons.yaml (commons: true).' },
    ),
  badGrant: (place: Place, reason: Bilingual) =>
    fault('CHARTER_BAD_GRANT', place, reason, {
      zh: '只有拥有者可以授权，且只能授予另一已登记的一方。',
      en: 'Only the owner grants, and only to another party that has a charter.',
    }),
}

/** `file:line:column CODE message; remedy` in English, as compilers print it, so that editors jump to the place. */
export function formatCharterFault({ file, line, column, code, message, remedy }: CharterFault): string {
  return `${file}:${line}:${column} ${code} ${message.en} ${remedy.en}\n  ${message.zh}${remedy.zh}`
}

/** Thrown by readCharter: the files cannot be used. Carries every fault, not only the first. */
export class CharterError extends Error {
  constructor(readonly faults: readonly CharterFault[]) {
    super(faults.map(formatCharterFault).join('\n'))
    this.name = 'CharterError'
  }
}
