import type { HubSigningKey } from '@commonhall/shared/identity'

import type { Log } from '../observe/operation-log.js'
import { createHttpLink } from '../transport/http-link.js'
import { createLocalLink } from '../transport/local-link.js'
import type { PartyLink } from '../transport/party-link.js'
import { createResilientLink, type ResilienceOptions, type ResilientLink } from '../transport/resilient-link.js'
import type { PartyAddress } from './party-address.js'

/** What all links of a gateway have in common. */
export interface LinkDefaults {
  readonly signingKey: HubSigningKey | null
  readonly nowMs: () => number
  readonly log: Log
  readonly callDeadlineMs?: number
  readonly resilience?: ResilienceOptions
  /** False refuses addresses of private networks, for parties that are on the internet. */
  readonly allowPrivateAddresses?: boolean
}

/** The way to one party: for operations with everything around it that keeps the party's trouble at it, and bare for probes. */
export interface OpenLink {
  readonly link: ResilientLink
  readonly raw: PartyLink
}

/** Opens the way to one party; no socket yet. */
export const openLink = (address: PartyAddress, defaults: LinkDefaults): OpenLink => {
  const { log, nowMs, resilience = {} } = defaults
  const settings = address.kind === 'http' ? address.settings : {}
  const around: ResilienceOptions = {
    ...resilience,
    callDeadlineMs: settings.callDeadlineMs ?? defaults.callDeadlineMs ?? resilience.callDeadlineMs,
    maxInFlight: settings.connections ?? resilience.maxInFlight,
    onState: (party, from, to) => {
      log.warn({ party, state: to, detail: `${from} to ${to}` }, 'the breaker of a party has changed')
      resilience.onState?.(party, from, to)
    },
  }
  if (address.kind === 'local') {
    const raw = createLocalLink(address.subgraph, { nowMs })
    return { raw, link: createResilientLink(raw, around) }
  }
  const raw = createHttpLink({
    party: address.name,
    url: address.url,
    signingKey: defaults.signingKey,
    wallClockMs: nowMs,
    allowPrivateAddresses: settings.allowPrivateAddresses ?? defaults.allowPrivateAddresses,
    ...(resilience.clock === undefined ? {} : { clock: resilience.clock }),
    headers: settings.headers,
    connections: settings.connections,
    maxAnswerBytes: settings.maxAnswerBytes,
    acceptCompression: settings.acceptCompression,
    subscriptionProtocol: settings.subscriptionProtocol,
    subscriptionUrl: settings.subscriptionUrl,
  })
  return { raw, link: createResilientLink(raw, { ...around, keepsDeadline: true }) }
}
