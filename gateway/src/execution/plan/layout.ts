import type { HubValue } from '../hub-node.js'

/** One thing that is fetched at a position: the value of a key, or (later) a run of keys. */
export interface Slot {
  index: number
  /** Layout of the objects it holds; null for leaves. */
  below: Layout | null
  /** The unit (root of a call, or one of its entity targets) that fills it; `NOBODY` yet, or `SEVERAL`. */
  writer: number
  /** Whether a later call sends its value. */
  isRequired: boolean
}

/** No unit, or more than one, fills a slot. */
export const NOBODY = -1
export const SEVERAL = -2

/** The one writer of two, where they are one. */
export const writerOf = (one: number, other: number): number => (one === NOBODY || one === other ? other : other === NOBODY ? one : SEVERAL)

/** A run: the keys in their order, and the slot of its slice. */
export interface LayoutRun {
  readonly keys: readonly string[]
  readonly index: number
}

/**
 * Which slots the objects of one position have, made from everything the plan fetches there.
 *
 * Positions that one entity target fills share a layout, so that an entity is read once and fits every place that waits for it.
 * A layout may contain itself (persons and their friends). Slots of runs are added when a reader is compiled.
 */
export class Layout {
  private mergedInto: Layout | null = null
  readonly slots = new Map<string, Slot>()
  /** Whether entities are merged into objects of this position. */
  isTarget = false
  /** The unit that tells the type of the objects, as `Slot.writer`. */
  typeNameWriter = NOBODY
  /** Runs, in the order in which they were found. */
  readonly runs: LayoutRun[] = []
  private blank: HubValue[] = []

  /** The layout that this one has become by merging. */
  get self(): Layout {
    let layout: Layout = this // eslint-disable-line @typescript-eslint/no-this-alias -- the end of a chain that starts here
    while (layout.mergedInto !== null) layout = layout.mergedInto
    return layout
  }

  /** The slot of an internal key; made when it is new. */
  slot(key: string): Slot {
    const { slots } = this.self
    let slot = slots.get(key)
    if (slot === undefined) {
      slot = { index: slots.size, below: null, writer: NOBODY, isRequired: false }
      slots.set(key, slot)
    }
    return slot
  }

  /** The layout below an internal key. */
  below(key: string): Layout {
    const slot = this.slot(key)
    slot.below ??= new Layout()
    return slot.below.self
  }

  /** Makes one layout of two, and of everything below them. Only before anything has been read. */
  merge(other: Layout): void {
    const left = this.self
    const right = other.self
    if (left === right) return
    right.mergedInto = left
    left.isTarget ||= right.isTarget
    left.typeNameWriter = writerOf(left.typeNameWriter, right.typeNameWriter)
    for (const [key, slot] of right.slots) {
      const known = left.slot(key)
      known.writer = writerOf(known.writer, slot.writer)
      known.isRequired ||= slot.isRequired
      if (slot.below === null) continue
      if (known.below === null) known.below = slot.below
      else known.below.merge(slot.below)
    }
  }

  /** A further slot, for a run of keys that is kept as one slice. */
  addRun(keys: readonly string[]): Slot {
    const { self } = this
    // No key of GraphQL has a blank in it, so a run cannot be taken for a field.
    const name = ` ${keys.join(' ')}`
    const known = self.slots.get(name)
    if (known !== undefined) return known
    const slot = self.slot(name)
    self.runs.push({ keys, index: slot.index })
    return slot
  }

  /** Slots of a new object. */
  newSlots(): HubValue[] {
    if (this.blank.length !== this.slots.size) this.blank = Array.from({ length: this.slots.size }, () => undefined)
    return this.blank.slice()
  }
}

/** Whether something is still written into objects below a layout after they were read: then they may not be shared. */
export const isWrittenLater = (layout: Layout, seen: Set<Layout> = new Set()): boolean => {
  const { self } = layout
  if (seen.has(self)) return false
  seen.add(self)
  for (const slot of self.slots.values()) {
    if (slot.below === null) continue
    if (slot.below.self.isTarget || slot.writer === SEVERAL || isWrittenLater(slot.below, seen)) return true
  }
  return false
}
