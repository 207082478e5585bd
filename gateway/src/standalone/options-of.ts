import { readAdmission } from '../admission/read-admission.js'
import { createClientRegistry } from '../clients/client-registry.js'
import type { GatewayOptions } from '../gateway-options.js'
import type { StandaloneSettings } from './settings.js'

/** Throws `AdmissionRefused` or `ClientsFileRefused` with all faults of manifests or of policies. */
const admissionOf = ({ documents, clients }: StandaloneSettings): GatewayOptions['admission'] => {
  // Builds it once: policies that contradict each other are to be found before the port is open.
  if (clients !== undefined) createClientRegistry(clients)
  return {
    ...readAdmission({ documentMode: documents?.mode ?? 'off', trustedFolder: documents?.folder, isDemo: true }),
    persistedQueries: documents?.persistedQueries ?? true,
    ...(clients === undefined ? {} : { clients }),
  }
}

/** The gateway's options for one supergraph: no party in this process, no charter, no hub key, calls unsigned. */
export const optionsOf = (settings: StandaloneSettings, supergraphSdl: string): GatewayOptions => ({
  subgraphs: [],
  supergraph: { sdl: supergraphSdl, parties: settings.subgraphs },
  signingKey: null,
  pairwiseKeys: {},
  issuers: settings.issuers.map(({ issuer, jwks, audience, scopeClaim }) => ({ issuer, jwksUri: jwks, audience, scopeClaim })),
  ignoresTokens: settings.issuers.length === 0,
  forwardHeaders: settings.forwardHeaders,
  port: settings.port,
  host: settings.host,
  introspection: settings.introspection,
  defaultLanguage: settings.language,
  corsOrigins: settings.corsOrigins,
  unknownPolicies: settings.policies,
  allowPrivateAddresses: settings.allowPrivateAddresses,
  ...(settings.callDeadlineMs === undefined ? {} : { callDeadlineMs: settings.callDeadlineMs }),
  admission: admissionOf(settings),
  ...(settings.subscriptions === undefined ? {} : { live: settings.subscriptions }),
  ...(settings.metrics === undefined ? {} : { metrics: settings.metrics }),
  slowOperationMs: settings.slowOperationMs,
  ...(settings.tracing === undefined ? {} : { openTelemetry: settings.tracing }),
  ...(settings.explainToAll === undefined ? {} : { explainToAll: settings.explainToAll }),
  ...(settings.compressAnswersOverBytes === undefined ? {} : { compressAnswersOverBytes: settings.compressAnswersOverBytes }),
})
