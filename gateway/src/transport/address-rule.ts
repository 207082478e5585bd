import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Ranges that lead inside somebody's network (IANA special-purpose registries): loopback, private, link-local, shared, test, multicast. */
const NOT_PUBLIC: ReadonlyArray<readonly [string, number, 'ipv4' | 'ipv6']> = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  // Everything but global unicast, and inside it the ranges that wrap or document other addresses.
  ['::', 3, 'ipv6'],
  ['4000::', 2, 'ipv6'],
  ['8000::', 1, 'ipv6'],
  ['2001::', 32, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
]

// One list for each family: a list reads IPv4 as mapped IPv6, and then `::/3` would cover all of it.
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() }
for (const [network, prefix, family] of NOT_PUBLIC) blocked[family].addSubnet(network, prefix, family)

/** Whether an IP address lies in the public internet. Anything that is no address is not. */
export const isPublicAddress = (address: string): boolean => {
  const version = isIP(address)
  if (version === 0) return false
  const family = version === 6 ? 'ipv6' : 'ipv4'
  return !blocked[family].check(address, family)
}

/** Raised when a name leads to addresses that were not declared. */
export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED'
  constructor() {
    super('the name leads to an address inside a private network')
    this.name = 'AddressRefused'
  }
}

/**
 * A resolver that gives public addresses alone, to be used when the connection is made: what was checked is what is dialled,
 * whatever the name answers a moment later.
 */
export const publicLookup =
  (resolve: typeof systemLookup = systemLookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => {
      if (error !== null) return callback(error, '', 0)
      // One private address among them is enough: the owner of the name may be trying which one is dialled.
      const first = addresses[0]
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) return callback(new AddressRefused(), '', 0)
      if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }

/** The address a URL names by number, without brackets; null when it is a name that must be resolved. */
export const literalAddress = (url: URL): string | null => {
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname
  return isIP(host) === 0 ? null : host
}
