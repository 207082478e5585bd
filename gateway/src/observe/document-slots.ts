import { LRUCache } from 'lru-cache'

/** Names under which documents are counted: a bounded number, however many documents there are. */
export interface DocumentSlots {
  /** The name for one use of a document: its id, or `other`. Cost: one look-up or two. */
  nameOf(documentId: string, isTrusted: boolean): string
}

/** What a slot costs is a series in every store that scrapes: enough for the documents of the dashboard and the busiest others. */
const MAX_TRUSTED = 200
const MAX_FREE = 30
/** A document must have been used so often before it gets a name. */
const USES_FOR_A_NAME = 100
const MAX_CANDIDATES = 1000
/** A name that nobody has used for so long is given to another. */
const IDLE_MS = 3_600_000

interface Slot {
  readonly isTrusted: boolean
  usedAtMs: number
}

/** Trusted documents first come, first named, up to 200; of free text the 30 that are used most, in time. `onFreed`: a name is not used any more. */
export const createDocumentSlots = (options: { readonly nowMs: () => number; readonly onFreed: (name: string) => void }): DocumentSlots => {
  const slots = new Map<string, Slot>()
  const candidates = new LRUCache<string, { uses: number }>({ max: MAX_CANDIDATES })
  const taken = { trusted: 0, free: 0 }
  let sweptAtMs = options.nowMs()

  const sweep = (): void => {
    const now = options.nowMs()
    // Not for every use of every document without a name.
    if (now - sweptAtMs < IDLE_MS / 60) return
    sweptAtMs = now
    for (const [name, slot] of slots) {
      if (now - slot.usedAtMs < IDLE_MS) continue
      slots.delete(name)
      taken[slot.isTrusted ? 'trusted' : 'free'] -= 1
      options.onFreed(name)
    }
  }
  const take = (documentId: string, isTrusted: boolean): string => {
    const kind = isTrusted ? 'trusted' : 'free'
    if (taken[kind] >= (isTrusted ? MAX_TRUSTED : MAX_FREE)) sweep()
    if (taken[kind] >= (isTrusted ? MAX_TRUSTED : MAX_FREE)) return 'other'
    taken[kind] += 1
    candidates.delete(documentId)
    slots.set(documentId, { isTrusted, usedAtMs: options.nowMs() })
    return documentId
  }

  return {
    nameOf(documentId, isTrusted) {
      const slot = slots.get(documentId)
      if (slot !== undefined) {
        slot.usedAtMs = options.nowMs()
        return documentId
      }
      if (isTrusted) return take(documentId, true)
      const candidate = candidates.get(documentId)
      if (candidate === undefined) candidates.set(documentId, { uses: 1 })
      else if (++candidate.uses >= USES_FOR_A_NAME) return take(documentId, false)
      return 'other'
    },
  }
}
