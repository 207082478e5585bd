import { Agent, request } from 'node:http'

/** Sends one operation and waits for the last byte; the parse of the answer is not part of the time. */
const post = (agent, url, headers, body) =>
  new Promise((resolve, reject) => {
    const startedMs = performance.now()
    const sent = request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => resolve({ ms: performance.now() - startedMs, bytes: Buffer.concat(chunks) }))
    })
    sent.on('error', reject)
    sent.end(body)
  })

const refusalIn = (data) => Object.values(data ?? {}).find((value) => value?.__typename === 'Refusal')

/**
 * Sends operations to a hub over real HTTP, connections kept alive, each person with one token.
 *
 * `ask(document, variables, persona)` gives `{ data, ms }`; errors and refusals throw, because a benchmark of refusals says nothing.
 */
export const createClient = async (hub, personas) => {
  const agent = new Agent({ keepAlive: true })
  const plain = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }
  const headers = { public: plain }
  for (const [name, persona] of Object.entries(personas))
    headers[name] = { ...plain, authorization: `Bearer ${await hub.token(persona)}`, 'hub-purpose': 'CASE_HANDLING' }
  // No one acts as a handler about an own matter.
  delete headers.resident?.['hub-purpose']
  return {
    async ask(query, variables = {}, persona = 'public') {
      const { ms, bytes } = await post(agent, hub.url, headers[persona], Buffer.from(JSON.stringify({ query, variables })))
      const { data, errors } = JSON.parse(bytes.toString())
      if (errors !== undefined && errors.length > 0) throw new Error(`the hub answered with errors: ${JSON.stringify(errors.slice(0, 3))}`)
      const refusal = refusalIn(data)
      if (refusal !== undefined) throw new Error(`the hub refused: ${JSON.stringify(refusal)}`)
      return { data, ms, bytes: bytes.length }
    },
    close: () => agent.destroy(),
  }
}
