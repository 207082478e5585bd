/**
 * Two streams of the same events that run side by side: says of each event whether the client has it already.
 *
 * Both streams give the same events in the same order; one may begin later. Equal events are told apart by their place: when the
 * younger stream repeats something the older one gave, the latest such event is taken for it, so that an event may in doubt come
 * twice and is never lost.
 */
export interface Overlap {
  /** Whether an event of the older stream must be delivered. */
  older(fingerprint: string): boolean
  /** Whether an event of the younger stream must be delivered. */
  younger(fingerprint: string): boolean
  /** Both have given the same event: the older stream has nothing to give that the younger has not. */
  readonly isMet: boolean
  /** They have met, and the younger one has repeated all that the older one gave. */
  readonly isOver: boolean
}

const MAX_REMEMBERED = 1000

/** Remembers at most 1,000 events of each side; beyond that an event may come twice. */
export const createOverlap = (): Overlap => {
  /** What only one side has given so far, in its order. */
  const fromOlder: string[] = []
  const fromYounger: string[] = []
  let isMet = false
  const remember = (list: string[], fingerprint: string): void => {
    list.push(fingerprint)
    if (list.length > MAX_REMEMBERED) list.shift()
  }
  return {
    older(fingerprint) {
      const at = fromYounger.indexOf(fingerprint)
      if (at < 0) {
        remember(fromOlder, fingerprint)
        return true
      }
      isMet = true
      return false
    },
    younger(fingerprint) {
      // Once they have met, the younger stream repeats what is left of the older one in order, from its beginning.
      const at = isMet ? fromOlder.indexOf(fingerprint) : fromOlder.lastIndexOf(fingerprint)
      if (at < 0) {
        remember(fromYounger, fingerprint)
        return true
      }
      isMet = true
      fromOlder.splice(0, at + 1)
      return false
    },
    get isMet() {
      return isMet
    },
    get isOver() {
      return isMet && fromOlder.length === 0
    },
  }
}
