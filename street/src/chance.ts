import { typeIdAt } from '@commonhall/shared/typeid'

const mix = (x: number): number => {
  let h = x | 0
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return (h ^ (h >>> 15)) >>> 0
}

const seedOf = (seed: number, stream: number, index: number): number =>
  mix(mix(mix(seed + 0x9e3779b9) ^ stream) + Math.imul(index, 0x85ebca6b))

/**
 * A small seeded generator (sfc32) for one entity: (seed, stream, index) alone decide what it yields, so story 20,000 can be made
 * without the 19,999 before it and four processes agree. Not for secrets.
 */
export class Chance {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number, stream: number, index: number) {
    this.a = seedOf(seed, stream, index)
    this.b = mix(this.a ^ 0x6a09e667)
    this.c = mix(this.b ^ index)
    this.next()
    this.next()
    this.next()
  }

  /** 32 random bits. */
  next(): number {
    const t = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0
    return t >>> 0
  }

  /** From 0 up to, not including, 1. */
  unit(): number {
    return this.next() / 4294967296
  }

  /** Whole number from 0 to n − 1. */
  below(n: number): number {
    return Math.floor(this.unit() * n)
  }

  /** Real number from `low` up to `high`. */
  between(low: number, high: number): number {
    return low + this.unit() * (high - low)
  }

  /** True with this probability. */
  may(probability: number): boolean {
    return this.unit() < probability
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)]
    if (found === undefined) throw new Error('Chance.pick needs a list that is not empty')
    return found
  }
}

/** A permutation in place, decided by the generator alone. */
export const shuffle = <T extends { length: number; [index: number]: number }>(list: T, chance: Chance): T => {
  for (let i = list.length - 1; i > 0; i--) {
    const j = chance.below(i + 1)
    const kept = list[i] ?? 0
    list[i] = list[j] ?? 0
    list[j] = kept
  }
  return list
}

const entropy = new Uint8Array(10)
const words = new DataView(entropy.buffer)

/** The TypeID of the n-th record of a kind made at an instant; `sub` tells records of one story apart. */
export const entityId = (seed: number, prefix: string, timeMs: number, index: number, sub = 0): string => {
  const stream = (prefix.charCodeAt(0) << 16) ^ (prefix.charCodeAt(1) << 8) ^ prefix.charCodeAt(2) ^ Math.imul(sub, 0x27d4eb2f)
  const first = seedOf(seed, stream, index)
  const second = mix(first ^ 0x1b873593)
  words.setUint32(0, first)
  words.setUint32(4, second)
  words.setUint16(8, mix(second + index) & 0xffff)
  return typeIdAt(prefix, timeMs, entropy)
}
