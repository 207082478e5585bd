import { isIPv4, isIPv6 } from 'node:net'

/** Sixteen-bit groups of an IPv6 address, zeros filled in. */
const groupsOf = (address: string): string[] => {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...right]
}

/**
 * The network that an address belongs to, as far as one subscriber can change it: /24 of IPv4, /56 of IPv6.
 *
 * IPv4 in an IPv6 shell is IPv4. What is no address is one network of its own, `unknown`.
 */
export const addressPrefix = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (isIPv4(plain)) return `${plain.slice(0, plain.lastIndexOf('.'))}.0/24`
  if (!isIPv6(plain)) return 'unknown'
  const groups = groupsOf(plain).map((group) => Number.parseInt(group, 16))
  const [a = 0, b = 0, c = 0, d = 0] = groups
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(':')}::/56`
}
