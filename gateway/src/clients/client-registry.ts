import {
  ANONYMOUS_POLICY,
  ClientsModel,
  extendPolicy,
  narrowPolicy,
  SIGNED_IN_POLICY,
  type ClientPolicy,
  type ClientsConfig,
} from './client-policy.js'

/** A file of clients that cannot be used; lists every fault. */
export class ClientsFileRefused extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The file of clients is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ClientsFileRefused'
  }
}

/** Reads the text of a clients file (JSON). Refused: what the model does not know, and operations that may cost more than a minute allows. */
export const readClientsFile = (text: string): ClientsConfig => {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw new ClientsFileRefused(['It is no JSON.'])
  }
  const parsed = ClientsModel.safeParse(given)
  if (!parsed.success)
    throw new ClientsFileRefused(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`))
  return parsed.data
}

/** What every caller may do. */
export interface ClientRegistry {
  /** A signed-in caller by the client its token names; unknown clients are the default class. */
  ofToken(client: string): ClientPolicy
  /** A caller without a token; the name it gives itself can only narrow what nobody in particular may do. */
  ofName(name: string | null): ClientPolicy
}

const checkBudget = (policy: ClientPolicy): string[] =>
  policy.costPerMinute !== null && policy.maxCost !== null && policy.maxCost > policy.costPerMinute
    ? [`${policy.name}: maxCost is more than costPerMinute, so the dearest operations could never be paid.`]
    : []

/** The registry of a file; each question afterwards is one look-up. Throws `ClientsFileRefused` for policies that contradict themselves. */
export const createClientRegistry = (config: ClientsConfig = {}): ClientRegistry => {
  const anonymous = extendPolicy('anonymous', ANONYMOUS_POLICY, config.anonymous ?? {})
  const signedIn = extendPolicy('signed-in', SIGNED_IN_POLICY, config.signedIn ?? {})
  const byToken = new Map<string, ClientPolicy>()
  const byName = new Map<string, ClientPolicy>()
  for (const [name, policy] of Object.entries(config.clients ?? {})) {
    byToken.set(name, extendPolicy(name, signedIn, policy))
    byName.set(name, narrowPolicy(name, anonymous, extendPolicy(name, anonymous, policy)))
  }
  const faults = [anonymous, signedIn, ...byToken.values()].flatMap(checkBudget)
  if (faults.length > 0) throw new ClientsFileRefused(faults)
  return {
    ofToken: (client) => byToken.get(client) ?? signedIn,
    ofName: (name) => (name === null ? anonymous : (byName.get(name) ?? anonymous)),
  }
}
