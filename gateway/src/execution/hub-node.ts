import type { ByteText } from '../transport/party-link.js'
import type { PartyRoom } from './party-room.js'

/** A leaf whose bytes are good JSON but not of the plain form of its type; the projector looks at it. */
export class OddLeaf {
  readonly text: ByteText
  constructor(text: ByteText) {
    this.text = text
  }
}

/** What may stand in a slot: nothing yet, null, a checked leaf as JSON bytes, one to be looked at, an object, a list. */
export type HubValue = ByteText | null | undefined | OddLeaf | HubNode | HubValue[]

/** Bits of `HubNode.marks`: a party said that it has no such record; one said that it has. */
export const MARK = { MISSING: 1, PRESENT: 2 } as const

/** An object of the hub's own tree: one slot per thing the plan fetches at its position. No key of a party ever becomes a property. */
export class HubNode {
  typeName: string | undefined
  marks: number
  slots: HubValue[]
  constructor(slots: HubValue[]) {
    this.typeName = undefined
    this.marks = 0
    this.slots = slots
  }
}

/** A deep copy, where one answer serves several places that later calls fill differently. Leaves are shared; `room` bounds the rest. */
export const cloneValue = (value: HubValue, room: PartyRoom): HubValue => {
  if (Array.isArray(value)) {
    room.takeCopies(value.length)
    return value.map((item) => cloneValue(item, room))
  }
  if (!(value instanceof HubNode)) return value
  room.takeCopies(value.slots.length + 4)
  const copy = new HubNode(value.slots.map((slot) => cloneValue(slot, room)))
  copy.typeName = value.typeName
  copy.marks = value.marks
  return copy
}

/**
 * Merges the data of a later call into what is there. What is known stays: a later party fills gaps, it never corrects.
 *
 * Lists are merged item by item when they have the same length; otherwise the first one stands. Objects of the source become
 * part of the target.
 */
export const mergeInto = (target: HubNode, source: HubNode): void => {
  target.typeName ??= source.typeName
  const from = source.slots
  const into = target.slots
  for (let index = 0; index < from.length; index++) {
    const value = from[index]
    if (value === undefined) continue
    const known = into[index]
    if (known === undefined || known === null) into[index] = value
    else if (typeof known !== 'string') mergeValues(known, value)
  }
}

const mergeValues = (known: HubValue, value: HubValue): void => {
  if (Array.isArray(known) && Array.isArray(value)) {
    if (known.length !== value.length) return
    for (let index = 0; index < known.length; index++) {
      const item = known[index]
      if (item === null || item === undefined) known[index] = value[index]
      else mergeValues(item, value[index])
    }
  } else if (known instanceof HubNode && value instanceof HubNode) {
    mergeInto(known, value)
  }
}
