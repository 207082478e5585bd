import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Document, Node } from 'yaml'
import type { z } from 'zod'
import { charterFaults } from './faults.js'
import type { CharterFault, Place } from './faults.js'
import { actModel, commonsFileModel, grantModel, partyFileModel } from './model.js'
import type { CommonsCharter, PartyCharter } from './model.js'

/** A charter file: its name as people know it (for messages) and its text. */
export interface CharterFileText {
  readonly file: string
  readonly text: string
}

/** What a charter file holds, or everything that is wrong with it. */
export type ParsedCharterFile =
  | { readonly ok: true; readonly party: PartyCharter; readonly commons?: undefined }
  | { readonly ok: true; readonly commons: CommonsCharter; readonly party?: undefined }
  | { readonly ok: false; readonly faults: readonly CharterFault[] }

type Path = readonly PropertyKey[]

class LocatedDocument {
  private readonly lines = new LineCounter()
  private readonly document: Document
  readonly syntaxFaults: readonly CharterFault[]

  constructor(private readonly source: CharterFileText) {
    this.document = parseDocument(source.text, { lineCounter: this.lines, prettyErrors: false })
    this.syntaxFaults = [...this.document.errors, ...this.document.warnings].map((problem) =>
      charterFaults.notYaml(this.placeAt(problem.pos[0]), problem.message),
    )
  }

  toValue(): unknown {
    return this.document.toJS() as unknown
  }

  /** The place of the value at a path; where it is missing, of the nearest thing around it. */
  placeOf(path: Path): Place {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.document.getIn(path.slice(0, length), true) as Node | undefined
      if (node?.range) return this.placeAt(node.range[0])
    }
    return this.placeAt(0)
  }

  /** The place of a key itself, not of its value. */
  placeOfKey(parent: Path, key: string): Place {
    const node = parent.length === 0 ? this.document.contents : (this.document.getIn(parent, true) as Node | undefined)
    const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined
    return isScalar(pair?.key) && pair.key.range ? this.placeAt(pair.key.range[0]) : this.placeOf(parent)
  }

  private placeAt(offset: number): Place {
    const { line, col } = this.lines.linePos(offset)
    return { file: this.source.file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
}

const knownKeysOf = (model: { shape: object }): string[] => Object.keys(model.shape)

function knownKeys(isCommons: boolean, path: Path): string[] {
  if (isCommons) return knownKeysOf(commonsFileModel)
  if (path.length === 0) return knownKeysOf(partyFileModel)
  if (path.at(-1) === 'title' || path.at(-1) === 'basis') return ['zh', 'en']
  if (path[0] === 'owns') return knownKeysOf(partyFileModel.shape.owns)
  return knownKeysOf(path[0] === 'acts' ? actModel : grantModel)
}

function faultsOf(issues: readonly z.core.$ZodIssue[], located: LocatedDocument, isCommons: boolean): CharterFault[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      return [charterFaults.shape(located.placeOf(issue.path), issue.path.join('.') || '(file)', issue.message)]
    }
    return issue.keys.map((key) =>
      charterFaults.unknownKey(located.placeOfKey(issue.path, key), [...issue.path, key].join('.'), knownKeys(isCommons, issue.path)),
    )
  })
}

/** Lines by name; a name that stands twice in one list is a fault and keeps its first line. */
function linesByName(names: readonly string[], path: Path, located: LocatedDocument, faults: CharterFault[]): Map<string, number> {
  const lines = new Map<string, number>()
  names.forEach((name, index) => {
    const place = located.placeOf([...path, index])
    const first = lines.get(name)
    if (first === undefined) lines.set(name, place.line)
    else faults.push(charterFaults.duplicateOwner(place, name, place.file, first))
  })
  return lines
}

/**
 * Reads one file of charter/: the party's, or the commons'. Pure.
 *
 * Everything wrong is listed at once, each with line and column: YAML that does not parse, keys the model does not know, values of
 * the wrong shape, and names that stand twice. A key that YAML itself repeats is not valid YAML.
 */
export function parseCharterFile(source: CharterFileText): ParsedCharterFile {
  const located = new LocatedDocument(source)
  if (located.syntaxFaults.length > 0) return { ok: false, faults: located.syntaxFaults }
  const value = located.toValue()
  const isCommons = typeof value === 'object' && value !== null && 'commons' in value
  const faults: CharterFault[] = []
  const lines = (names: readonly string[], ...path: string[]) => linesByName(names, path, located, faults)

  if (isCommons) {
    const read = commonsFileModel.safeParse(value)
    if (!read.success) return { ok: false, faults: faultsOf(read.error.issues, located, isCommons) }
    const { title, scalars, directives, types } = read.data
    const commons = {
      file: source.file,
      title,
      scalars: lines(scalars, 'scalars'),
      directives: lines(directives, 'directives'),
      types: lines(types, 'types'),
    }
    return faults.length > 0 ? { ok: false, faults } : { ok: true, commons }
  }

  const read = partyFileModel.safeParse(value)
  if (!read.success) return { ok: false, faults: faultsOf(read.error.issues, located, isCommons) }
  const { party, kind, title, subgraphs = [party], owns, acts, grants = [] } = read.data
  const result: PartyCharter = {
    file: source.file,
    party,
    kind,
    title,
    subgraphs,
    types: lines(owns.types, 'owns', 'types'),
    queries: lines(owns.queries, 'owns', 'queries'),
    subscriptions: lines(owns.subscriptions ?? [], 'owns', 'subscriptions'),
    acts: acts.map((act, index) => ({ ...act, line: located.placeOf(['acts', index, 'code']).line })),
    grants: grants.map((grant, index) => ({ ...grant, line: located.placeOf(['grants', index]).line })),
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, party: result }
}
