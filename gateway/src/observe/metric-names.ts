/** Upper bounds in seconds: from what the gateway itself takes to the budget of an operation. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Every metric of the gateway. The guide's table is tested against this list; names and labels are promises to dashboards. */
export const METRICS = {
  operations: {
    name: 'hub_operations_total',
    help: 'Operations, refused ones too. code: ok, partial (some fields have errors) or the code of the refusal.',
    labels: ['kind', 'code', 'transport', 'client'],
  },
  operationSeconds: {
    name: 'hub_operation_duration_seconds',
    help: 'Time from the arrival of a request to its answer; of refused ones under kind none.',
    labels: ['kind'],
    bounds: SECONDS,
  },
  refusals: { name: 'hub_refusals_total', help: 'Operations that were not run, by code.', labels: ['code'] },
  answerBytes: { name: 'hub_answer_bytes_total', help: 'Bytes of single answers.', labels: ['transport'] },
  costUnits: { name: 'hub_cost_units_total', help: 'Units of cost of operations that ran.', labels: ['client'] },
  documentOperations: {
    name: 'hub_document_operations_total',
    help: 'Operations by document: trusted ones and the busiest others; the rest is other.',
    labels: ['document'],
  },
  documentSeconds: {
    name: 'hub_document_duration_seconds_total',
    help: 'Time that the operations of a document took, added up.',
    labels: ['document'],
  },
  partyCalls: { name: 'hub_party_calls_total', help: 'Calls to a party. outcome: ok or failed.', labels: ['party', 'outcome'] },
  partyCallSeconds: {
    name: 'hub_party_call_duration_seconds',
    help: 'Time of a call to a party: waiting for a place, retry and reading the answer included.',
    labels: ['party'],
    bounds: SECONDS,
  },
  partyAnswerBytes: { name: 'hub_party_answer_bytes_total', help: 'Bytes of the answers of a party.', labels: ['party'] },
  partyRepresentations: { name: 'hub_party_representations_total', help: 'Entities that a party was asked for.', labels: ['party'] },
  partyFaults: { name: 'hub_party_faults_total', help: 'Why calls to a party failed.', labels: ['party', 'reason'] },
  partyShared: {
    name: 'hub_party_shared_calls_total',
    help: 'Calls that were spared because an equal one was in flight.',
    labels: ['party'],
    type: 'counter',
  },
  partyRetries: { name: 'hub_party_retries_total', help: 'Second tries of queries.', labels: ['party'], type: 'counter' },
  partyInFlight: { name: 'hub_party_calls_in_flight', help: 'Calls to a party that run now.', labels: ['party'], type: 'gauge' },
  partyQueued: { name: 'hub_party_calls_queued', help: 'Calls that wait for a place at a party now.', labels: ['party'], type: 'gauge' },
  partyBreaker: {
    name: 'hub_party_breaker_state',
    help: '1 for the state in which the breaker of a party is: closed, open or half-open.',
    labels: ['party', 'state'],
    type: 'gauge',
  },
  planCacheEntries: { name: 'hub_plan_cache_entries', help: 'Compiled operations of the present release.', type: 'gauge' },
  planCacheBytes: { name: 'hub_plan_cache_bytes', help: 'What they hold, estimated.', type: 'gauge' },
  planCacheHits: {
    name: 'hub_plan_cache_hits_total',
    help: 'Operations that were compiled already; anew with each release.',
    type: 'counter',
  },
  planCacheMisses: { name: 'hub_plan_cache_misses_total', help: 'Operations that were not; anew with each release.', type: 'counter' },
  planSeconds: {
    name: 'hub_plan_duration_seconds',
    help: 'Time to plan and compile a cold operation, the wait for its turn included.',
    labels: ['outcome'],
    bounds: SECONDS,
  },
  swaps: { name: 'hub_releases_total', help: 'Releases that were offered. outcome: accepted or refused.', labels: ['outcome'] },
  swapSeconds: { name: 'hub_release_duration_seconds_total', help: 'Time that preparing releases took, added up.' },
  releaseInfo: { name: 'hub_release_info', help: '1 for the release that serves.', labels: ['release'], type: 'gauge' },
  inFlight: { name: 'hub_operations_in_flight', help: 'Operations that run now.', type: 'gauge' },
  places: { name: 'hub_operation_places', help: 'Operations that may run at once at present; falls under overload.', type: 'gauge' },
  shedding: { name: 'hub_overloaded', help: '1 while the gateway refuses work with OVERLOADED.', type: 'gauge' },
  liveOpen: { name: 'hub_live_operations', help: 'Subscriptions that are open now.', type: 'gauge' },
  webSockets: { name: 'hub_websockets', help: 'WebSockets that are open now.', type: 'gauge' },
  liveOpened: { name: 'hub_live_operations_opened_total', help: 'Subscriptions that were opened.', labels: ['transport'] },
  liveClosed: {
    name: 'hub_live_operations_closed_total',
    help: 'Subscriptions that have ended. reason: complete, left or the code that cut it.',
    labels: ['transport', 'reason'],
  },
  liveEvents: {
    name: 'hub_live_events_total',
    help: 'Events handed to clients, counted when the subscription ends.',
    labels: ['transport'],
  },
  liveBytes: { name: 'hub_live_bytes_total', help: 'Bytes of these events.', labels: ['transport'] },
} as const
