import type { CharterList, ClockBasis, DepartmentCode, Words } from '../model.js'

/** Who usually finishes a matter of this topic. */
export type Handler = 'GOVERNMENT' | 'COMMITTEE' | 'NONPROFIT'

/** One everyday concern of the street: how people write about it, and the line of the function list that answers it. */
export interface Topic {
  readonly key: string
  readonly noun: Words
  readonly handler: Handler
  readonly department: DepartmentCode
  readonly list: CharterList
  /** Days to resolve, on `clock`; the promise of a department is never longer. */
  readonly resolveWithin: number
  readonly clock: ClockBasis
  readonly keywords: { readonly zh: readonly string[]; readonly en: readonly string[] }
  /** Each sentence holds at least two keywords of its language, so that the function list can be found from the text alone. */
  readonly problems: readonly Words[]
}

type Limit = readonly [list: CharterList, resolveWithin: number, clock: ClockBasis]
type Sentences = readonly (readonly [zh: string, en: string])[]

/** Writes one topic on few lines: keywords are comma lists, the first keyword of each language is the noun. */
export const topic = (
  key: string,
  [handler, department]: readonly [Handler, DepartmentCode],
  [list, resolveWithin, clock]: Limit,
  keywords: readonly [zh: string, en: string],
  problems: Sentences,
): Topic => {
  const zh = keywords[0].split(',')
  const en = keywords[1].split(',')
  return {
    key,
    noun: { zh: zh[0] ?? key, en: en[0] ?? key },
    handler,
    department,
    list,
    resolveWithin,
    clock,
    keywords: { zh, en },
    problems: problems.map(([textZh, textEn]) => ({ zh: textZh, en: textEn })),
  }
}
