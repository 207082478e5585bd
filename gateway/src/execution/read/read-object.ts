import { AnswerFault } from '../answer-fault.js'
import { HubNode, OddLeaf, type HubValue } from '../hub-node.js'
import { MAX_SLOTS } from '../party-room.js'
import { areWordsAt, keyWordsOf } from './key-words.js'
import { LEAF, type LeafCheck } from './leaf-check.js'
import type { Entry, Reader, Run, Shape } from './shape.js'
import { BYTE, isNullAt, keyOf, leafEnd, MAX_DEPTH, skipSpace, skipValue, stringAt, stringEnd, valueStart, type Scan } from './scan-json.js'

/** An answer that is being read: where its reader stands, and how much room its objects take. */
export interface Reading {
  readonly scan: Scan
  /** Behind the value that was read last. */
  at: number
  /** Those of the party's earlier answers included. */
  slots: number
}

const TYPE_NAME_KEY = keyWordsOf('__typename')

const broken = (): AnswerFault => new AnswerFault('an answer is no JSON')

/** The shape of the object that opens at `at`, as far as its beginning tells. */
const shapeAt = (reading: Reading, at: number, reader: Reader): Shape => {
  const { scan } = reading
  const start = at + 1 + TYPE_NAME_KEY.length
  if (!areWordsAt(scan, at + 1, TYPE_NAME_KEY) || scan.bytes[start] !== BYTE.QUOTE) return reader.anyShape
  return reader.shapeFor(stringAt(scan, start, stringEnd(scan, start)))
}

/**
 * Reads the object that opens at `at` into a new node.
 *
 * Predicts the keys in the order of the selection, which GraphQL guarantees; what does not follow it (other order, white space,
 * keys nobody asked for) is read on key by key, so that no hostile order makes anything be read twice.
 */
export const readObject = (reading: Reading, at: number, reader: Reader, depth: number): HubNode => {
  const { scan } = reading
  const { bytes } = scan
  const slots = reader.layout.newSlots()
  reading.slots += slots.length + 4
  if (reading.slots > MAX_SLOTS) throw new AnswerFault('an answer has too many objects')
  const node = new HubNode(slots)
  const shape = reader.staticShape ?? shapeAt(reading, at, reader)
  const { entries } = shape
  let pos = at + 1
  let index = 0
  let runsFrom = 0
  for (;;) {
    while (index < entries.length && !areWordsAt(scan, pos, (entries[index] as Entry).key)) index++
    if (index === entries.length) {
      readRest(reading, node, shape, pos, depth, pos === at + 1 ? 'first key' : 'key')
      break
    }
    const entry = entries[index] as Entry
    const { run } = entry
    if (run !== null && index >= runsFrom) {
      const end = runEnd(scan, run, pos, node)
      if (end >= 0) {
        slots[run.slot] = scan.text.slice(pos, end)
        pos = end
        index += run.parts.length
      } else {
        runsFrom = index + run.parts.length
        pos = readEntry(reading, node, shape, entry, pos + entry.key.length, depth)
        index++
      }
    } else {
      pos = readEntry(reading, node, shape, entry, pos + entry.key.length, depth)
      index++
    }
    const byte = bytes[pos]
    if (byte === BYTE.COMMA) {
      pos++
    } else if (byte === BYTE.CLOSE) {
      reading.at = pos + 1
      break
    } else {
      readRest(reading, node, shape, pos, depth, 'separator')
      break
    }
  }
  if (shape.late.length > 0) applyLate(node, shape)
  return node
}

/** Reads the rest of an object in any order; leaves `reading.at` behind its closing brace. */
const readRest = (
  reading: Reading,
  node: HubNode,
  shape: Shape,
  at: number,
  depth: number,
  expected: 'first key' | 'key' | 'separator',
): void => {
  const { scan } = reading
  const { bytes } = scan
  let pos = skipSpace(scan, at)
  if (expected === 'first key' && bytes[pos] === BYTE.CLOSE) {
    reading.at = pos + 1
    return
  }
  let isKey = expected !== 'separator'
  for (;;) {
    if (isKey) {
      if (bytes[pos] !== BYTE.QUOTE) throw broken()
      const end = stringEnd(scan, pos)
      const entry = shape.entry(keyOf(scan, pos, end))
      const start = valueStart(scan, end)
      if (entry === undefined) {
        pos = skipValue(scan, start, depth)
      } else {
        if (isRead(node, entry)) throw new AnswerFault('an answer has a key twice')
        pos = readEntry(reading, node, shape, entry, start, depth)
      }
    }
    isKey = true
    pos = skipSpace(scan, pos)
    if (bytes[pos] === BYTE.CLOSE) {
      reading.at = pos + 1
      return
    }
    if (bytes[pos] !== BYTE.COMMA) throw broken()
    pos = skipSpace(scan, pos + 1)
  }
}

const isRead = (node: HubNode, entry: Entry): boolean =>
  entry.kind === 'typename'
    ? node.typeName !== undefined
    : (entry.slot >= 0 && node.slots[entry.slot] !== undefined) || (entry.runSlot >= 0 && node.slots[entry.runSlot] !== undefined)

/** Reads one value into its slot; the place behind it. */
const readEntry = (reading: Reading, node: HubNode, shape: Shape, entry: Entry, pos: number, depth: number): number => {
  const { scan } = reading
  if (entry.kind === 'object') {
    node.slots[entry.slot] = readValue(reading, pos, entry.below as Reader, depth + 1)
    return reading.at
  }
  if (entry.kind === 'typename') return readTypeName(scan, node, shape, pos)
  if (entry.slot < 0) return skipValue(scan, pos, depth)
  if (isNullAt(scan, pos)) {
    node.slots[entry.slot] = null
    return pos + 4
  }
  const end = entry.type === null ? -1 : leafEnd(scan, pos, entry.check)
  if (end >= 0) {
    node.slots[entry.slot] = scan.text.slice(pos, end)
    return end
  }
  const odd = skipValue(scan, pos, depth)
  node.slots[entry.slot] = new OddLeaf(scan.text.slice(pos, odd))
  return odd
}

const readTypeName = (scan: Scan, node: HubNode, shape: Shape, pos: number): number => {
  if (shape.typeWords !== null && areWordsAt(scan, pos, shape.typeWords)) {
    node.typeName = shape.typeName as string
    return pos + shape.typeWords.length
  }
  const end = skipValue(scan, pos, 0)
  if (scan.bytes[pos] === BYTE.QUOTE) node.typeName = stringAt(scan, pos, end)
  return end
}

/** Reads what stands where objects were asked: an object, a list of such, or null. */
export const readValue = (reading: Reading, pos: number, reader: Reader, depth: number): HubValue => {
  const { scan } = reading
  if (depth > MAX_DEPTH) throw new AnswerFault('an answer is nested too deeply')
  const byte = scan.bytes[pos]
  if (byte === BYTE.OPEN) return readObject(reading, pos, reader, depth)
  if (byte === BYTE.OPEN_LIST) return readList(reading, pos, reader, depth)
  if (!isNullAt(scan, pos)) throw new AnswerFault('an answer has a leaf where an object was asked')
  reading.at = pos + 4
  return null
}

const readList = (reading: Reading, at: number, reader: Reader, depth: number): HubValue[] => {
  const { scan } = reading
  const { bytes } = scan
  const items: HubValue[] = []
  let pos = skipSpace(scan, at + 1)
  if (bytes[pos] === BYTE.CLOSE_LIST) {
    reading.at = pos + 1
    return items
  }
  for (;;) {
    items.push(readValue(reading, pos, reader, depth + 1))
    if (++reading.slots > MAX_SLOTS) throw new AnswerFault('an answer has too many objects')
    pos = reading.at
    if (bytes[pos] !== BYTE.COMMA) pos = skipSpace(scan, pos)
    if (bytes[pos] === BYTE.CLOSE_LIST) {
      reading.at = pos + 1
      return items
    }
    if (bytes[pos] !== BYTE.COMMA) throw broken()
    pos = skipSpace(scan, pos + 1)
  }
}

/** The end of a run that stands at `at` exactly as the client wants it, or -1. What later calls send is kept in the node's slots. */
const runEnd = (scan: Scan, run: Run, at: number, node: HubNode | null): number => {
  const { parts } = run
  let pos = at
  for (let index = 0; index < parts.length; index++) {
    const { entry, isKept, below } = parts[index] as Run['parts'][number]
    if (index > 0 && scan.bytes[pos++] !== BYTE.COMMA) return leaveRun(run, node)
    if (!areWordsAt(scan, pos, entry.key)) return leaveRun(run, node)
    const start = pos + entry.key.length
    if (entry.kind === 'leaf') pos = leafEnd(scan, start, entry.check)
    else pos = below === null ? typeNameEnd(scan, start, run, node) : belowEnd(scan, start, below.run, below.check)
    if (pos < 0) return leaveRun(run, node)
    if (isKept && node !== null) node.slots[entry.slot] = isNullAt(scan, start) ? null : scan.text.slice(start, pos)
  }
  return pos
}

/** What a run has kept before it broke is read again, key by key. */
const leaveRun = (run: Run, node: HubNode | null): -1 => {
  if (node !== null) {
    for (const { entry, isKept } of run.parts) if (isKept) node.slots[entry.slot] = undefined
    if (run.typeName !== null) node.typeName = undefined
  }
  return -1
}

const typeNameEnd = (scan: Scan, pos: number, run: Run, node: HubNode | null): number => {
  const expected = run.typeName
  if (expected === null || !areWordsAt(scan, pos, expected.words)) return -1
  if (node !== null) node.typeName = expected.name
  return pos + expected.words.length
}

const belowEnd = (scan: Scan, pos: number, run: Run, check: LeafCheck): number => {
  if (isNullAt(scan, pos)) return check.mayBeNull ? pos + 4 : -1
  if (check.kind !== LEAF.LIST || check.item === null) return wholeEnd(scan, pos, run)
  if (scan.bytes[pos] !== BYTE.OPEN_LIST) return -1
  if (scan.bytes[pos + 1] === BYTE.CLOSE_LIST) return pos + 2
  for (;;) {
    pos = belowEnd(scan, pos + 1, run, check.item)
    if (pos < 0) return -1
    const byte = scan.bytes[pos]
    if (byte === BYTE.CLOSE_LIST) return pos + 1
    if (byte !== BYTE.COMMA) return -1
  }
}

const wholeEnd = (scan: Scan, pos: number, run: Run): number => {
  if (scan.bytes[pos] !== BYTE.OPEN) return -1
  const end = runEnd(scan, run, pos + 1, null)
  return end >= 0 && scan.bytes[end] === BYTE.CLOSE ? end + 1 : -1
}

const applyLate = (node: HubNode, shape: Shape): void => {
  for (const { types, from, to, set, setsTypeName } of shape.late) {
    if (types !== null && node.typeName !== undefined && !types.includes(node.typeName)) continue
    if (setsTypeName !== null) node.typeName = setsTypeName
    else if (set !== null) node.slots[to] = set
    else if (node.slots[from] !== undefined) {
      node.slots[to] = node.slots[from]
      node.slots[from] = undefined
    }
  }
}
