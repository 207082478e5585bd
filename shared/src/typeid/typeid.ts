import { randomBytes } from 'node:crypto'

import { TypeID } from 'typeid-js'

/** Three lower-case letters that name the type of a record, so that the gateway finds the owner from the id alone. */
export type TypeIdPrefix = string

const TYPE_ID = /^([a-z]{3})_([0-7][0-9a-hjkmnp-tv-z]{25})$/

/** A fresh TypeID (UUIDv7 of now) for a record; sorts by time of creation. `nowMs` is taken from the request's clock. */
export const newTypeId = (prefix: TypeIdPrefix, nowMs: number = Date.now()): string => typeIdAt(prefix, nowMs, randomBytes(10))

/**
 * The TypeID of a given instant and 10 bytes of entropy: the same arguments give the same id, for fixtures and imports.
 *
 * Layout of RFC 9562 UUIDv7: 48 bits of milliseconds, version, 74 bits from `entropy`.
 */
export const typeIdAt = (prefix: TypeIdPrefix, timeMs: number, entropy: Uint8Array): string => {
  const bytes = new Uint8Array(16)
  let rest = Math.floor(timeMs)
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes.set(entropy.subarray(0, 10), 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return TypeID.fromUUIDBytes(prefix, bytes).toString()
}

/** Prefix and whole id of a well-formed TypeID, or null; never throws, whatever a client sends (length is bounded by the pattern). */
export const parseTypeId = (id: string): { prefix: TypeIdPrefix; id: string } | null => {
  const match = TYPE_ID.exec(id)
  return match ? { prefix: match[1] ?? '', id } : null
}

/** The ids among `ids` that are TypeIDs of this prefix: what a client made up never reaches a statement. */
export const wellFormed = (prefix: TypeIdPrefix, ids: readonly string[]): string[] => ids.filter((id) => parseTypeId(id)?.prefix === prefix)

/** Milliseconds since the epoch at which the id was made. The id must be well formed. */
export const typeIdTimeMs = (id: string): number => {
  const bytes = TypeID.fromString(id).toUUIDBytes()
  return bytes.subarray(0, 6).reduce((ms, byte) => ms * 256 + byte, 0)
}
