import { HubError } from '@commonhall/shared/errors'

/** Slots of the hub's tree that answers of one party may fill in one operation: 8 MiB of `{}` must not become gigabytes. */
export const MAX_SLOTS = 4_000_000
/** Bytes of one party's answers that one operation may hold; a single answer may be larger, its link has bounded it. */
const MAX_BYTES = 64 * 1024 * 1024

const tooMuch = (detail: string): HubError => new HubError('PARTY_UNAVAILABLE', { detail, reason: 'TOO_LARGE' })

/**
 * What one party's answers take of the memory of one operation, all of them together.
 *
 * A call alone is bounded by its link; but a hostile party may give a thousand keys, so that it is called often, or one large entity
 * for which a thousand places wait. What is over the bound counts as an unavailable party in this operation, and says nothing about
 * its health: a client can ask for much, too.
 */
export class PartyRoom {
  slots = 0
  private bytes = 0

  /** Throws PARTY_UNAVAILABLE when an answer is one too many. */
  takeBytes(bytes: number): void {
    if (this.bytes > 0 && this.bytes + bytes > MAX_BYTES) throw tooMuch('the answers of one operation are too large together')
    this.bytes += bytes
  }

  /** Throws PARTY_UNAVAILABLE when copies of an entity would take too much. */
  takeCopies(slots: number): void {
    this.slots += slots
    if (this.slots > MAX_SLOTS) throw tooMuch('an entity is too large for all its places')
  }
}
