import type { InputRewrite, RequiresSelection } from '../../planning/plan-nodes.js'
import { byteTextOf } from '../../transport/byte-text.js'
import { jsonBytes } from '../json-bytes.js'
import { HubNode, OddLeaf, type HubValue } from '../hub-node.js'
import type { Layout } from './layout.js'
import { pendingRewrites, rewritesBelow, rewritesHere, type PendingRewrite } from './output-rewrites.js'
import type { TypeNames } from './planned-selection.js'
import type { ByteText } from '../../transport/party-link.js'

/** Something required was never fetched: its party has failed or has no such record. */
export const UNKNOWN = Symbol('unknown')

/** One member of a representation, ready to be written: its key as JSON with colon, and where the value comes from. */
interface Part {
  readonly lead: ByteText
  readonly name: string
  /** Fixed JSON (type names, settings of the planner); null: the slot's value. */
  readonly fixed: ByteText | null
  readonly slot: number
  readonly below: PartsByType | null
}

/** The parts for each concrete type, compiled when an object of it is first sent. */
class PartsByType {
  private readonly byType = new Map<string, readonly Part[] | null>()
  constructor(
    private readonly selections: readonly RequiresSelection[],
    private readonly layout: Layout,
    private readonly rewrites: readonly PendingRewrite[],
    private readonly types: TypeNames,
    /** At the top only what stands under a matching type condition is sent; without any the object is none of the target's. */
    private readonly isTop: boolean,
  ) {}

  /** Null: an object of this type is not sent at all. An empty name stands for an object that does not say its type. */
  partsFor(typeName: string): readonly Part[] | null {
    const known = this.byType.get(typeName)
    if (known !== undefined) return known
    const parts = new Map<string, Part>()
    this.collect(this.selections, typeName, parts, this.isTop)
    this.rewrite(typeName, parts)
    const made = this.isTop && !parts.has('__typename') ? null : [...parts.values()]
    const name = typeName === '' ? '' : this.types.nameOf(typeName)
    if (name !== null) this.byType.set(name, made)
    return made
  }

  private collect(selections: readonly RequiresSelection[], typeName: string, parts: Map<string, Part>, isTop: boolean): void {
    for (const selection of selections) {
      if (selection.kind === 'InlineFragment') {
        const applies = typeName === '' ? !isTop : this.types.satisfies(typeName, selection.typeCondition)
        if (applies) this.collect(selection.selections, typeName, parts, false)
      } else if (!isTop) {
        const key = selection.alias ?? selection.name
        const isTypeName = selection.name === '__typename'
        const selected = selection.selections ?? []
        parts.set(key, {
          lead: leadOf(key),
          name: key,
          fixed: isTypeName && typeName !== '' ? jsonBytes(typeName) : null,
          slot: isTypeName ? -1 : this.layout.slot(selection.name).index,
          below:
            selected.length === 0
              ? null
              : new PartsByType(
                  selected,
                  this.layout.below(selection.name),
                  rewritesBelow(this.rewrites, key, typeName === '' ? null : typeName),
                  this.types,
                  false,
                ),
        })
      }
    }
  }

  private rewrite(typeName: string, parts: Map<string, Part>): void {
    // A setting of the type name counts for the conditions of those that follow it.
    let current = typeName
    for (const { types, key, action } of rewritesHere(this.rewrites)) {
      if (types !== null && current !== '' && !types.includes(current)) continue
      if (action.kind === 'set') {
        parts.set(key, { lead: leadOf(key), name: key, fixed: jsonBytes(action.value), slot: -1, below: null })
        if (key === '__typename') current = action.value
      } else {
        const part = parts.get(key)
        if (part === undefined) continue
        parts.delete(key)
        parts.set(action.to, { ...part, lead: leadOf(action.to), name: action.to })
      }
    }
  }
}

const leadOf = (key: string): ByteText => byteTextOf(`${JSON.stringify(key)}:`)

const writeValue = (value: HubValue, below: PartsByType | null): ByteText | typeof UNKNOWN => {
  if (typeof value === 'string') return value
  if (value === null) return 'null'
  // A key that was never fetched makes no entity; a null that was fetched may be a required value like any other.
  if (value === undefined) return UNKNOWN
  if (value instanceof OddLeaf) return value.text
  if (below === null) return UNKNOWN
  if (value instanceof HubNode) return writeObject(value, below.partsFor(value.typeName ?? '') ?? [])
  const items: ByteText[] = []
  for (const item of value) {
    const written = writeValue(item, below)
    if (written === UNKNOWN) return UNKNOWN
    items.push(written)
  }
  return `[${items.join(',')}]`
}

const writeObject = (node: HubNode, parts: readonly Part[]): ByteText | typeof UNKNOWN => {
  let text = '{'
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as Part
    const value = part.fixed ?? (part.slot < 0 ? UNKNOWN : writeValue(node.slots[part.slot], part.below))
    if (value === UNKNOWN) return UNKNOWN
    text += index === 0 ? part.lead : `,${part.lead}`
    text += value
  }
  return `${text}}`
}

/** A representation of a type name and one leaf: most keys are such. */
export interface PlainRepresentation {
  /** JSON up to the key's value, and behind it. */
  readonly before: ByteText
  readonly after: ByteText
  readonly slot: number
}

const plainOf = (parts: readonly Part[] | null): PlainRepresentation | null => {
  if (parts === null) return null
  const at = parts.findIndex(({ fixed }) => fixed === null)
  const open = parts[at]
  if (open === undefined || open.slot < 0 || open.below !== null || parts.some((part, index) => index !== at && part.fixed === null))
    return null
  const write = (some: readonly Part[]): ByteText[] => some.map(({ lead, fixed }) => `${lead}${fixed ?? ''}`)
  const before = `{${[...write(parts.slice(0, at)), open.lead].join(',')}`
  return { before, after: `${['', ...write(parts.slice(at + 1))].join(',')}}`, slot: open.slot }
}

/** Writes objects as representations for `_entities`: JSON made of the bytes that their keys came in. */
export interface RepresentationWriter {
  /** Null: the object is of none of the wanted types. UNKNOWN: something required was never fetched, or the type itself. */
  write(node: HubNode): ByteText | null | typeof UNKNOWN
  /** The plain form for a type, if it has one: then the key alone tells entities apart. Asked once per run of equal types. */
  plainFor(typeName: string): PlainRepresentation | null
}

/** The writer of one entity target, compiled from what its call requires. */
export const representationWriter = (
  requires: readonly RequiresSelection[],
  layout: Layout,
  inputRewrites: readonly InputRewrite[] | undefined,
  types: TypeNames,
): RepresentationWriter => {
  const top = new PartsByType(requires, layout, pendingRewrites(inputRewrites), types, true)
  const plain = new Map<readonly Part[], PlainRepresentation | null>()
  return {
    plainFor(typeName) {
      const parts = top.partsFor(typeName)
      if (parts === null) return null
      let known = plain.get(parts)
      if (known === undefined) {
        known = plainOf(parts)
        // Parts are remembered only for types of the schema, so this does not grow with what answers claim.
        if (types.nameOf(typeName) !== null) plain.set(parts, known)
      }
      return known
    },
    write(node) {
      if (node.typeName === undefined) return UNKNOWN
      const parts = top.partsFor(node.typeName)
      return parts === null ? null : writeObject(node, parts)
    },
  }
}

/** Notes in the layout what will be sent, so that it is kept on its own. */
export const markRequired = (requires: readonly RequiresSelection[], layout: Layout): void => {
  for (const selection of requires) {
    if (selection.kind === 'InlineFragment') markRequired(selection.selections, layout)
    else if (selection.name !== '__typename') {
      layout.slot(selection.name).isRequired = true
      if (selection.selections && selection.selections.length > 0) markRequired(selection.selections, layout.below(selection.name))
    }
  }
}
