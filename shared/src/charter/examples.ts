import { checkCharter } from './check-charter.js'
import type { RuleCode } from './catalogue/index.js'
import { EXAMPLE_NOW, exampleAgreement, exampleCharter, exampleSdls } from './example-street.js'
import type { Finding } from './findings.js'

/** A piece of schema for a party of the example street: added, or in the place of what it replaces. */
export interface Change {
  readonly in: string
  readonly add: string
  readonly replaces?: string
}

/** What surrounds a change: grants that owners add to their files, the day, rules that are left out. */
export interface Circumstances {
  readonly grants?: readonly { readonly of: string; readonly line: string }[]
  readonly now?: Date
  readonly without?: readonly RuleCode[]
}

/** The schemas of the example street after some changes. A change whose text is not there is the test's own mistake. */
export function sdlsAfter(changes: readonly Change[]): Record<string, string> {
  const sdls: Record<string, string> = { ...exampleSdls }
  for (const { in: name, add, replaces } of changes) {
    const before = sdls[name] ?? ''
    if (replaces !== undefined && !before.includes(replaces)) throw new Error(`nothing to change: ${replaces}`)
    sdls[name] = replaces === undefined ? `${before}\n${add}\n` : before.replace(replaces, () => add)
  }
  return sdls
}

/** The charter files of the example street with more grants. */
export function charterWith(grants: Circumstances['grants'] = []): Record<string, string> {
  const files: Record<string, string> = { ...exampleCharter }
  for (const { of, line } of grants) {
    const before = files[of] ?? ''
    files[of] = `${before}${before.includes('\ngrants:') ? '' : 'grants:\n'}  - ${line}\n`
  }
  return files
}

/** What the check finds in the example street after some changes. */
export function findingsAfter(changes: readonly Change[], { grants, now = EXAMPLE_NOW, without = [] }: Circumstances = {}): Finding[] {
  const subgraphs = Object.entries(sdlsAfter(changes)).map(([name, sdl]) => ({ name, sdl }))
  return checkCharter({ charter: exampleAgreement(charterWith(grants)), subgraphs, now, without })
}

/** `CODE coordinate offender` of each finding, for assertions that read. */
export const briefly = (findings: readonly Finding[]): string[] =>
  findings.map(({ code, coordinate, offender }) => `${code} ${coordinate} ${offender}`)
