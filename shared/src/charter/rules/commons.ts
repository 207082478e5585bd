import { ACCESS_DIRECTIVES, MARKING_DIRECTIVES } from '../facts/known-directives.js'
import type { Element, FieldFact, InputFact, Position, SubgraphFacts, TypeFact } from '../facts/model.js'
import { shapeOfInput } from '../facts/sdl-facts.js'
import { typeText } from '../facts/type-text.js'
import type { RuleCode } from '../catalogue/index.js'
import { COMMONS } from '../ownership-index.js'
import type { CheckInput } from '../ownership-index.js'
import { breachAt } from './breach.js'
import type { Breach } from './breach.js'
import { directiveText } from './standing.js'

interface Member extends Position {
  readonly text: string
  readonly inputs?: readonly InputFact[]
  readonly input?: InputFact
}

/** Coordinate → shape. The type itself stands under its own name. */
type Shape = ReadonlyMap<string, Member>

interface Definition {
  readonly subgraph: SubgraphFacts
  readonly shape: Shape
  readonly kind: string
}

/** Directives that other rules judge, or that change nothing a reader gets. */
const isJudgedElsewhere = (name: string, common: ReadonlyMap<string, number>): boolean =>
  ACCESS_DIRECTIVES.has(name) ||
  MARKING_DIRECTIVES.has(name) ||
  common.has(name) ||
  ['inaccessible', 'shareable', 'extends', 'override', 'interfaceObject'].includes(name)

function shapeOf(type: TypeFact, common: ReadonlyMap<string, number>): Shape {
  // An interface object stands for the interface; that it does is a finding of its own.
  const isStandIn = type.directives.some(({ name }) => name.value === 'interfaceObject')
  const words = ({ directives }: Element): string =>
    directives
      .filter(({ name }) => !isJudgedElsewhere(name.value, common) && !(isStandIn && name.value === 'key'))
      .map(directiveText)
      .sort()
      .join(' ')
  const kind = isStandIn ? 'INTERFACE' : type.kind
  const head = [
    kind,
    ...type.members.map(({ name }) => `| ${name}`).sort(),
    ...type.interfaces.map(({ name }) => `& ${name}`).sort(),
    words(type),
  ]
  const shape = new Map<string, Member>([[type.name, { line: type.line, column: type.column, text: head.join(' ') }]])
  const enter = (element: Element, rest: Omit<Member, 'line' | 'column'>): void =>
    void shape.set(element.coordinate, { line: element.line, column: element.column, ...rest, text: `${rest.text} ${words(element)}` })
  for (const field of type.fields) enter(field, { text: fieldText(field), inputs: field.inputs })
  for (const value of type.values) enter(value, { text: value.name })
  for (const input of type.inputs) enter(input, { text: shapeOfInput(input), input })
  return shape
}

const fieldText = ({ inputs, type }: FieldFact): string => `(${inputs.map(shapeOfInput).sort().join(', ')}): ${typeText(type)}`
const textOf = (shape: Shape): string =>
  [...shape]
    .map(([name, { text }]) => `${name} ${text}`)
    .sort()
    .join('\n')

/** The shape most subgraphs have; of equally many, the first. Whoever changes the commons alone is the one who differs. */
function usual(definitions: readonly Definition[]): Definition {
  const counts = new Map<string, { definition: Definition; count: number }>()
  for (const definition of definitions) {
    const key = textOf(definition.shape)
    counts.set(key, { definition: counts.get(key)?.definition ?? definition, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()].reduce((best, next) => (next.count > best.count ? next : best)).definition
}

/** How a member differs: inputs and enums shrink when schemas are merged, which is worse than a difference. */
function codeFor(kind: string, theirs: Member | undefined, ours: Member | undefined): RuleCode {
  if (kind === 'ENUM' && (!theirs || !ours)) return 'ENUM_NARROWED'
  if (kind === 'INPUT_OBJECT' && (theirs || ours?.input)) return 'INPUT_NARROWED'
  const inputsOf = (member: Member | undefined): string => (member?.inputs ?? []).map(shapeOfInput).sort().join()
  return theirs && ours && inputsOf(theirs) !== inputsOf(ours) ? 'ARGUMENT_NARROWED' : 'COMMONS_DIFFER'
}

function* compare(definition: Definition, reference: Definition, at: Position): Generator<Breach> {
  const names = new Set([...reference.shape.keys(), ...definition.shape.keys()])
  for (const coordinate of names) {
    const [theirs, ours] = [reference.shape.get(coordinate), definition.shape.get(coordinate)]
    if (theirs?.text === ours?.text) continue
    const subject = { coordinate, owner: COMMONS, detail: reference.subgraph.name }
    yield breachAt(codeFor(definition.kind, theirs, ours), definition.subgraph, ours ?? at, subject)
  }
}

/** Elements of the commons are the same wherever they are defined. Nobody changes them alone; order and descriptions are free. */
export function* checkCommons(input: CheckInput): Generator<Breach> {
  const common = input.charter.commons.directives
  for (const name of [...input.charter.commons.types.keys(), ...input.charter.commons.scalars.keys()]) {
    const definitions = input
      .typesNamed(name)
      .map(({ subgraph, type }) => ({ subgraph, shape: shapeOf(type, common), kind: type.kind, type }))
    if (definitions.length < 2) continue
    const reference = usual(definitions)
    for (const definition of definitions) yield* compare(definition, reference, definition.type)
  }
  for (const name of common.keys()) {
    const definitions = input.subgraphs.flatMap((subgraph) => {
      const found = subgraph.directives.get(name)
      const shape = new Map([[`@${name}`, { line: found?.element.line ?? 1, column: found?.element.column ?? 1, text: found?.text ?? '' }]])
      return found ? [{ subgraph, shape, kind: 'DIRECTIVE' }] : []
    })
    if (definitions.length < 2) continue
    const reference = usual(definitions)
    for (const definition of definitions) yield* compare(definition, reference, { line: 1, column: 1 })
  }
}
