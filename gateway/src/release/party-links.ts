import type { OpenLink } from './open-link.js'
import type { PartyAddress } from './party-address.js'

/** The ways to all parties, over all releases: a party at the same address keeps its connections when the release changes. */
export interface PartyLinks {
  /** Links of a release, by party; opened where none is open yet. */
  of(addresses: readonly PartyAddress[]): ReadonlyMap<string, OpenLink>
  /** Closes what the given links do not contain. */
  retainOnly(links: ReadonlyMap<string, OpenLink>): Promise<void>
  close(): Promise<void>
}

const keyOf = (address: PartyAddress): string =>
  address.kind === 'local' ? `local ${address.name}` : `http ${JSON.stringify([address.name, address.url, address.settings])}`

/** Keeps one link per party and address. */
export const createPartyLinks = (open: (address: PartyAddress) => OpenLink): PartyLinks => {
  const links = new Map<string, OpenLink>()
  const close = async (keys: readonly string[]): Promise<void> => {
    const closing = keys.map((key) => links.get(key)).filter((link) => link !== undefined)
    for (const key of keys) links.delete(key)
    await Promise.all(closing.map(({ link }) => link.close()))
  }
  return {
    of(addresses) {
      const wanted = new Map<string, OpenLink>()
      for (const address of addresses) {
        const key = keyOf(address)
        const link = links.get(key) ?? open(address)
        links.set(key, link)
        wanted.set(address.name, link)
      }
      return wanted
    },
    retainOnly(kept) {
      const alive = new Set(kept.values())
      return close([...links].filter(([, link]) => !alive.has(link)).map(([key]) => key))
    },
    close: () => close([...links.keys()]),
  }
}
