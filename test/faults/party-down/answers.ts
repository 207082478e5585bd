import type { TestAnswer } from '@commonhall/harness'

type Path = ReadonlyArray<string | number>

const at = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) => (value === null || value === undefined ? value : (value as Record<string | number, unknown>)[key]),
    data,
  )

/** Paths at which two answers differ, as deep as both have something there. */
const differences = (whole: unknown, partial: unknown, path: Path = []): Path[] => {
  if (typeof whole !== 'object' || whole === null || typeof partial !== 'object' || partial === null)
    return Object.is(whole, partial) ? [] : [path]
  const keys = new Set([...Object.keys(whole), ...Object.keys(partial)])
  return [...keys].flatMap((key) =>
    differences((whole as Record<string, unknown>)[key], (partial as Record<string, unknown>)[key], [
      ...path,
      Array.isArray(whole) ? Number(key) : key,
    ]),
  )
}

const nameOf = (path: Path): string => path.filter((key) => typeof key === 'string').join('.')

/** What became of an answer while a party was down. */
export interface Loss {
  /** Fields that are null and were not, without positions in lists: `suggestion.caseHandlings`. */
  readonly lost: readonly string[]
  /** What should not be: other values, other errors, errors at fields that stand, or a loss that no error tells of. */
  readonly faults: readonly string[]
}

/** Compares a partial answer with the whole one. A party that is away costs one error for each call that failed. */
export const lossOf = (whole: TestAnswer, partial: TestAnswer, party: string): Loss => {
  const faults: string[] = []
  const paths = partial.errors.map(({ path }) => path ?? [])
  const names = paths.map((path) => path.join('.'))
  if (new Set(names).size < names.length) faults.push(`more than one error for a field: ${names.join(' ')}`)
  for (const { extensions, path } of partial.errors) {
    if (extensions?.['code'] !== 'PARTY_UNAVAILABLE' || extensions['party'] !== party || typeof extensions['remedy'] !== 'string')
      faults.push(`an error of another kind at ${path?.join('.')}: ${JSON.stringify(extensions)}`)
    if (path === undefined || at(partial.data, path) !== null) faults.push(`an error at a field that is not null: ${path?.join('.')}`)
  }
  const changed = differences(whole.data, partial.data)
  for (const path of changed) if (at(partial.data, path) !== null) faults.push(`another value at ${path.join('.')}`)
  if (changed.length > 0 && partial.errors.length === 0) faults.push('a loss that no error tells of')
  return { lost: [...new Set(changed.map(nameOf))].sort(), faults }
}
