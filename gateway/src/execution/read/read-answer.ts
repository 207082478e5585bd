import { AnswerFault } from '../answer-fault.js'
import { parseBytes } from '../json-bytes.js'
import type { HubValue } from '../hub-node.js'
import { PartyRoom } from '../party-room.js'
import type { Reader } from './shape.js'
import { readValue, type Reading } from './read-object.js'
import { BYTE, isNullAt, keyOf, leaveScan, scanOf, skipSpace, skipValue, stringEnd, valueStart } from './scan-json.js'
import type { ByteText } from '../../transport/party-link.js'

/** What was found in the body of an answer. */
export interface ReadBody {
  /** By root key: what stood there. Null: the answer has no data. Empty: data of another form. */
  readonly data: ReadonlyMap<string, HubValue> | null
  readonly root: HubValue
  readonly errors: readonly unknown[]
}

const broken = (): AnswerFault => new AnswerFault('an answer is no JSON')

/** Walks the keys of the object at `pos`; `visit` gets each key with the start of its value and gives its end. */
const eachKey = (reading: Reading, at: number, visit: (key: string, pos: number) => number): number => {
  const { scan } = reading
  let pos = skipSpace(scan, at)
  if (scan.bytes[pos] !== BYTE.OPEN) throw new AnswerFault('an answer is no object')
  pos = skipSpace(scan, pos + 1)
  if (scan.bytes[pos] === BYTE.CLOSE) return pos + 1
  const seen: string[] = []
  for (;;) {
    if (scan.bytes[pos] !== BYTE.QUOTE) throw broken()
    const end = stringEnd(scan, pos)
    const key = keyOf(scan, pos, end)
    const start = valueStart(scan, end)
    pos = skipSpace(scan, visit(key, start))
    if (seen.includes(key)) throw new AnswerFault('an answer has a key twice')
    if (seen.length < MAX_REMEMBERED_KEYS) seen.push(key)
    if (scan.bytes[pos] === BYTE.CLOSE) return pos + 1
    if (scan.bytes[pos] !== BYTE.COMMA) throw broken()
    pos = skipSpace(scan, pos + 1)
  }
}

/** Further keys of a body are of no use to anybody, so they may as well stand twice. */
const MAX_REMEMBERED_KEYS = 64

/** The errors of an answer; the one part that is read as ordinary JSON, because people will see it. */
const errorsIn = (text: ByteText | null): readonly unknown[] => {
  if (text === null) return []
  const value = parseBytes(text)
  return Array.isArray(value) ? (value as unknown[]) : []
}

/**
 * Reads the body of an answer: its data by what was asked, its errors. One pass.
 *
 * `root` reads the whole data object; `targets` read lists of entities by their keys. Throws `AnswerFault` for what is no JSON,
 * for keys that stand twice or could reach a prototype, for too much depth, and for an answer with neither data nor errors.
 */
export const readAnswer = (
  text: ByteText,
  root: Reader | null,
  targets: ReadonlyMap<string, Reader>,
  room: PartyRoom = new PartyRoom(),
): ReadBody => {
  const reading: Reading = { scan: scanOf(text), at: 0, slots: room.slots }
  let data: Map<string, HubValue> | null = null
  let rootValue: HubValue = undefined
  let errorsText: ByteText | null = null
  try {
    const { scan } = reading
    const readData = (pos: number): number => {
      if (isNullAt(scan, pos)) return pos + 4
      const found = new Map<string, HubValue>()
      data = found
      if (root !== null) {
        rootValue = readValue(reading, pos, root, 1)
        return reading.at
      }
      return eachKey(reading, pos, (key, start) => {
        const reader = targets.get(key)
        if (reader === undefined) return skipValue(scan, start, 1)
        found.set(key, readValue(reading, start, reader, 1))
        return reading.at
      })
    }
    const end = eachKey(reading, 0, (key, pos) => {
      if (key === 'data') return readData(pos)
      const valueEnd = skipValue(scan, pos, 1)
      if (key === 'errors' && !isNullAt(scan, pos)) errorsText = text.slice(pos, valueEnd)
      return valueEnd
    })
    if (skipSpace(scan, end) !== text.length) throw broken()
  } finally {
    room.slots = reading.slots
    leaveScan()
  }
  const errors = errorsIn(errorsText)
  if (data === null && errors.length === 0) throw new AnswerFault('an answer has neither data nor errors')
  return { data, root: rootValue, errors }
}
