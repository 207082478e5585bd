import { isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql'

import type { ByteText } from '../../transport/party-link.js'
import { HubNode, MARK, OddLeaf, type HubValue } from '../hub-node.js'
import { jsonBytes, parseBytes } from '../json-bytes.js'
import type { ObjectWriter, OutputType, WriteOp } from './object-writer.js'
import type { OperationErrors } from '../operation-errors.js'
import { BUBBLE, isNoLeaf, projectNullable } from './project-plain.js'

/** What shaping one answer needs. */
export interface ProjectionRun {
  readonly schema: GraphQLSchema
  readonly errors: OperationErrors
  readonly introspection: Readonly<Record<string, unknown>>
  /** True when a party failed: then an unknown value is explained by that party's one error. */
  readonly hasFailedParty: () => boolean
  /** Response keys of the root fields `node` and `nodes`: an id that nobody knows gives null there, without an error. */
  readonly lookupKeys: ReadonlySet<string>
}

/** Largest data of an answer: a party's long text may stand at many places, and each of them costs. */
export const MAX_DATA_BYTES = 16 * 1024 * 1024

class AnswerTooLarge extends Error {}

/** What became of a value: written; null, nothing written; or a null that has been told and spreads upwards where it may not stand. */
type Outcome = 'written' | 'null' | 'bubble'

/** Writes one answer. What a bubble leaves half written is cut off by whoever takes its place: a rope can be wound back for free. */
class AnswerWriter {
  out: ByteText = ''
  private readonly path: (string | number)[] = []
  constructor(private readonly run: ProjectionRun) {}

  /** Writes all fields of an object; false when one of them bubbles. The others are still walked: each may hold an error of its own. */
  object(node: HubNode, type: GraphQLObjectType, writer: ObjectWriter): boolean {
    const { ops, typeText } = writer.opsFor(type)
    const { slots } = node
    let isWhole = true
    let isFirst = true
    this.out += '{'
    for (let index = 0; index < ops.length;) {
      const op = ops[index] as WriteOp
      const run = this.filledRun(op, slots)
      if (run > 0) {
        this.put(isFirst ? this.runText : `,${this.runText}`)
        index += run
        isFirst = false
        continue
      }
      this.out += isFirst ? op.first : op.next
      isFirst = false
      index++
      const value = op.slot < 0 ? undefined : slots[op.slot]
      if (op.isLeaf && typeof value === 'string') {
        this.put(value)
      } else {
        this.path.push(op.field.responseKey)
        if (!this.field(op, value, typeText)) isWhole = false
        this.path.pop()
      }
    }
    this.out += '}'
    return isWhole
  }

  private runText: ByteText = ''

  private filledRun(op: WriteOp, slots: readonly HubValue[]): number {
    for (const { slot, fields } of op.runs) {
      const text = slots[slot]
      if (typeof text !== 'string') continue
      this.runText = text
      return fields
    }
    return 0
  }

  private put(text: ByteText): void {
    if (this.out.length + text.length > MAX_DATA_BYTES) throw new AnswerTooLarge()
    this.out += text
  }

  /** Writes what is no plain leaf; false when it bubbles. */
  private field(op: WriteOp, value: HubValue, typeText: ByteText): boolean {
    const { field, type } = op
    if (field.kind === 'typename') {
      this.put(typeText)
      return true
    }
    if (field.kind === 'introspection') {
      this.put(jsonBytes(this.run.introspection[field.responseKey]))
      return true
    }
    if (field.denial !== null) {
      this.run.errors.add(field.denial, [...this.path])
      this.put('null')
      return op.mayBeNull
    }
    if (type !== null) return this.value(value, type, op.below)
    this.put('null')
    return true
  }

  /** Writes a value, or null where null may stand; false when it bubbles. */
  private value(value: HubValue, type: OutputType, below: ObjectWriter | null): boolean {
    const mark = this.out
    const outcome = this.nullable(value, type, below)
    if (outcome === 'written') return true
    if (type.mayBeNull) {
      this.out = mark
      this.put('null')
      return true
    }
    if (outcome === 'null') this.nullInNonNull(this.path, value === undefined)
    return false
  }

  private nullable(value: HubValue, type: OutputType, below: ObjectWriter | null): Outcome {
    if (value === null || value === undefined) return 'null'
    if (value instanceof OddLeaf) return this.oddLeaf(value, type)
    if (typeof value === 'string') {
      if (below !== null) return this.invalid()
      this.put(value)
      return 'written'
    }
    if (type.item !== null) return Array.isArray(value) ? this.list(value, type.item, below) : this.invalid()
    if (!(value instanceof HubNode)) return this.invalid()
    return this.node(value, type, below)
  }

  private list(items: readonly HubValue[], type: OutputType, below: ObjectWriter | null): Outcome {
    this.out += '['
    for (let index = 0; index < items.length; index++) {
      if (index > 0) this.out += ','
      this.path.push(index)
      const isWritten = this.value(items[index], type, below)
      this.path.pop()
      if (!isWritten) return 'bubble'
    }
    this.out += ']'
    return 'written'
  }

  private node(node: HubNode, type: OutputType, below: ObjectWriter | null): Outcome {
    const concrete = this.concreteType(node, type)
    if (concrete === null) return this.invalid()
    const isUnknown = (node.marks & (MARK.MISSING | MARK.PRESENT)) === MARK.MISSING
    if (isUnknown && this.path.length <= 2 && this.run.lookupKeys.has(String(this.path[0]))) return 'null'
    if (below === null) {
      this.put('{}')
      return 'written'
    }
    const { denial } = below.opsFor(concrete)
    if (denial !== null) {
      this.run.errors.add(denial, [...this.path])
      return 'bubble'
    }
    return this.object(node, concrete, below) ? 'written' : 'bubble'
  }

  private concreteType(node: HubNode, type: OutputType): GraphQLObjectType | null {
    const { typeName } = node
    if (type.object !== null) return typeName === undefined || typeName === type.object.name ? type.object : null
    if (type.abstract === null || typeName === undefined) return null
    const found = this.run.schema.getType(typeName)
    return isObjectType(found) && this.run.schema.isSubType(type.abstract, found) ? found : null
  }

  /** A leaf that is not of the plain form of its type, read as ordinary JSON. */
  private oddLeaf(leaf: OddLeaf, type: OutputType): Outcome {
    if (isNoLeaf(leaf.text, type)) return this.invalid()
    const faults = {
      invalid: (path: ReadonlyArray<string | number>) => this.noteInvalid(path),
      nullInNonNull: (path: ReadonlyArray<string | number>) => this.nullInNonNull(path, false),
    }
    const plain = projectNullable(parseBytes(leaf.text), type, this.path, faults)
    if (plain === BUBBLE) return 'bubble'
    if (plain === null) return 'null'
    this.put(jsonBytes(plain))
    return 'written'
  }

  private invalid(): Outcome {
    this.noteInvalid(this.path)
    return 'bubble'
  }

  private noteInvalid(path: ReadonlyArray<string | number>): void {
    if (!this.run.errors.explains(path)) this.run.errors.add('INTERNAL', [...path], { reason: 'INVALID_ANSWER' })
  }

  private nullInNonNull(path: ReadonlyArray<string | number>, isUnknown: boolean): void {
    const { errors, hasFailedParty, lookupKeys } = this.run
    // A party loses a whole record with its first fault, so one error in the record explains all that is unknown of it.
    const isLost = isUnknown && (errors.explains(path.slice(0, -1)) || hasFailedParty() || lookupKeys.has(String(path[0])))
    const isExplained = isLost || errors.explains(path)
    if (!isExplained) errors.add('INTERNAL', [...path], { reason: 'NULL_IN_NON_NULL' })
  }
}

/**
 * Shapes the hub's tree into the answer's data, as JSON in bytes: exactly the client's fields in the client's order, nulls
 * propagated, leaves checked. `null` where a null has reached the root.
 *
 * Adds errors for what parties answered wrongly, and one when the data would be larger than `MAX_DATA_BYTES`.
 */
export const projectAnswer = (root: HubNode, rootType: GraphQLObjectType, writer: ObjectWriter, run: ProjectionRun): ByteText => {
  const answer = new AnswerWriter(run)
  try {
    return answer.object(root, rootType, writer) ? answer.out : 'null'
  } catch (fault) {
    if (!(fault instanceof AnswerTooLarge)) throw fault
    run.errors.add('INTERNAL', null, { reason: 'ANSWER_TOO_LARGE' })
    return 'null'
  }
}
