export { readStandaloneSettings, type StandaloneFlags } from './read-settings.js'
export { serveSupergraph, SupergraphUnreadable, type SupergraphService } from './serve-supergraph.js'
export { STANDALONE_ENVIRONMENT, STANDALONE_SETTINGS, type StandaloneSettings } from './settings.js'
export { SupergraphRefused, placeOf, type SupergraphFault } from '../release/supergraph-faults.js'
