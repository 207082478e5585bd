import type { IncomingMessage, ServerResponse } from 'node:http'

import type { Provider } from 'oidc-provider/lib/provider.js'

import { DEMO_AUDIENCE } from './constants.js'
import { personaPage } from './persona-page.js'
import { subjectOf, type Persona } from './personas.js'

const MAX_FORM_BYTES = 4096
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // No form-action: browsers apply it to the redirect that follows, which leads to the front-end.
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
}

/**
 * One sign-in: shows the personas (GET), or signs in the chosen one and grants what was asked (POST).
 *
 * Throws when the sign-in is unknown or over; the caller answers 400. The provider's signed cookie ties it to one browser.
 */
export const answerInteraction = async (call: {
  readonly provider: Provider
  readonly personas: readonly Persona[]
  readonly request: IncomingMessage
  readonly response: ServerResponse
}): Promise<void> => {
  const { provider, personas, request, response } = call
  const interaction = await provider.interactionDetails(request, response)
  if (request.method !== 'POST' && interaction.prompt.name === 'login') {
    const language = /^\s*en/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh'
    response.writeHead(200, HEADERS).end(personaPage(personas, language))
    return
  }
  // A session from before gives the person for the grant alone; at a login the page decides, also against that session.
  const known = interaction.prompt.name === 'login' ? undefined : interaction.session?.accountId
  const subject = known ?? (await chosenSubject(personas, request))
  const clientId = String(interaction.params['client_id'])
  const grant = new provider.Grant({ accountId: subject, clientId })
  grant.addOIDCScope('openid')
  grant.addResourceScope(DEMO_AUDIENCE, 'hub')
  const result = { login: { accountId: subject }, consent: { grantId: await grant.save() } }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

const chosenSubject = async (personas: readonly Persona[], request: IncomingMessage): Promise<string> => {
  let form = ''
  for await (const chunk of request as AsyncIterable<Buffer>) {
    form += chunk.toString('utf8')
    if (form.length > MAX_FORM_BYTES) throw new RangeError('the form is too long')
  }
  const name = new URLSearchParams(form).get('persona')
  const persona = personas.find((candidate) => candidate.name === name)
  if (persona === undefined) throw new RangeError('no such persona')
  return subjectOf(persona)
}
