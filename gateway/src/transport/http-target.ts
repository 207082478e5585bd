import { createRequire } from 'node:module'

import type * as Undici from 'undici'
import type { Pool } from 'undici'

import { AddressRefused, isPublicAddress, literalAddress, publicLookup } from './address-rule.js'

/** Loaded with the first subscription: 12 MB that a gateway without any need not hold. */
const undici = (): typeof Undici => createRequire(import.meta.url)('undici') as typeof Undici

/** Where a party is, and what its connections may do. */
export interface HttpTargetOptions {
  /** Pinned: nothing a party answers changes where the next call goes. */
  readonly url: string
  /** Where it offers subscriptions, if elsewhere; the same rule holds for it. */
  readonly subscriptionUrl?: string
  /** False refuses addresses inside private networks, checked on the resolved address of every connection. */
  readonly allowPrivateAddresses?: boolean
  readonly connectTimeoutMs: number
  /** Client certificate and trusted roots, for TLS in both directions. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
}

/** A party's address, taken apart once. */
export interface HttpTarget {
  readonly url: URL
  readonly path: string
  /** A pool for subscriptions of at most `connections` connections, one on each. Timeouts are the caller's. */
  openStreamPool(connections: number): Pool
  /** Resolver for other clients of the same party; undefined when any address may be dialled. */
  readonly lookup: ReturnType<typeof publicLookup> | undefined
}

/** Takes a party's URL apart. Throws on what is no http or https URL, and `AddressRefused` on a private address by number. */
export const httpTarget = (options: HttpTargetOptions): HttpTarget => {
  const url = new URL(options.url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError('The URL of a party must be http or https.')
  const isGuarded = options.allowPrivateAddresses === false
  // No name is looked up for an address by number, so these are refused here or nowhere.
  const literals = [options.url, options.subscriptionUrl ?? options.url].map((text) => literalAddress(new URL(text)))
  if (isGuarded && literals.some((literal) => literal !== null && !isPublicAddress(literal))) throw new AddressRefused()
  const lookup = isGuarded ? publicLookup() : undefined
  return {
    url,
    path: url.pathname + url.search,
    lookup,
    openStreamPool(connections) {
      const { buildConnector, Pool } = undici()
      return new Pool(url.origin, {
        connections,
        pipelining: 1,
        // Own timers: undici's fire up to half a second late (trust.md, section 9).
        headersTimeout: 0,
        bodyTimeout: 0,
        connect: buildConnector({ ...options.tls, timeout: options.connectTimeoutMs, ...(lookup === undefined ? {} : { lookup }) }),
      })
    },
  }
}
