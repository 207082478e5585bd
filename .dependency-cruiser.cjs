/**
 * The import law of Commonhall: who may know whom. `npm run imports` applies it, test/contract/import-law.test.ts proves every rule.
 *
 * Group capture does the work: "$1" in `to` is the party (or capability) that `from` matched.
 * Packages reach each other by name (`@commonhall/shared/errors`); their `exports` carry a "source" condition, so the cruise lands
 * on `src/…`. Anything that cannot be resolved is an error, otherwise it would slip past every other rule.
 * `charter/` holds YAML, not code; the code that reads it is `shared/src/charter/`.
 *
 * When a folder is added, add its rule here and a planted breach to the test.
 */
// Tests, and the files beside them that only they use.
const TEST = '(\\.test\\.ts|^(gateway|hub|subgraphs/[^/]+)/test/.+\\.ts)$'
const CAPABILITY = '^subgraphs/([^/]+)/src/capabilities/([^/]+)/'
const DOMAIN = '^subgraphs/[^/]+/src/capabilities/[^/]+/[^./]+\\.ts$'
const SHARED_LEAF = '^shared/src/(charter|errors|geo|matters|time|typeid)/'
const LIBRARY = ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'core']
const npm = (...names) => names.map((name) => `(^|node_modules/)${name}(/|$)`)

const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

const wholeGraph = [
  forbid('no-circular', 'A knot of files is read and changed as one file.', {}, { circular: true }),
  forbid('everything-resolves', 'An import that is not resolved is not checked.', { pathNot: '\\.json$' }, { couldNotResolve: true }),
  forbid('no-root-barrel', 'shared/ is entered by subpath; a root index loads everything.', {}, { path: '^shared/(src/)?index\\.ts$' }),
]

const partiesAndPackages = [
  forbid(
    'party-isolation',
    'A party never imports another party, not even a type: use a federation reference.',
    { path: '^subgraphs/([^/]+)/' },
    { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
  ),
  forbid(
    'subgraph-knows-no-hub',
    'A subgraph stands alone behind its SDL.',
    { path: '^subgraphs/', pathNot: TEST },
    { path: '^(gateway|dashboard|hub|kit|test)/' },
  ),
  forbid(
    'gateway-knows-no-party',
    'The gateway knows schemas, not code.',
    { path: '^gateway/' },
    { path: '^(subgraphs|dashboard|hub|kit|street)/' },
  ),
  forbid(
    'gateway-has-no-orm',
    'The gateway speaks SQL to the hub database only, through its stores.',
    { path: '^gateway/' },
    { path: npm('typeorm', 'type-graphql') },
  ),
  forbid(
    'shared-is-below-all',
    'What is shared depends on nobody.',
    { path: '^shared/', pathNot: TEST },
    { path: '^(gateway|subgraphs|dashboard|hub|kit|street|test)/' },
  ),
  forbid(
    'shared-leaves',
    'These are leaves: everybody may import them, so they import only each other.',
    { path: SHARED_LEAF, pathNot: TEST },
    { path: '^shared/src/', pathNot: SHARED_LEAF },
  ),
  forbid(
    'street-is-fixture-data',
    'The demo street is computed from its seed alone: same code, same street.',
    { path: '^street/', pathNot: TEST },
    { path: '^(shared|gateway|subgraphs|dashboard|hub|kit|test)/', pathNot: '^shared/src/(geo|matters|time|typeid)/' },
  ),
  forbid(
    'street-has-no-library',
    'No library and no Node module: the street reads no clock, file or network.',
    { path: '^street/', pathNot: TEST },
    { dependencyTypes: LIBRARY, pathNot: '(^|/)@commonhall/' },
  ),
  forbid(
    'street-only-for-seeds',
    'Fixtures reach a database through a seed, never through a capability.',
    { pathNot: ['^street/', '^subgraphs/[^/]+/src/seed/', '^hub/', '^test/', TEST] },
    { path: '^street/' },
  ),
  forbid(
    'hub-joins-roots-only',
    'The hub of one process puts composition roots together; it knows no capability.',
    { path: '^hub/', pathNot: TEST },
    { path: '^(gateway|subgraphs/[^/]+)/', pathNot: '^(gateway/src/gateway|subgraphs/[^/]+/src/subgraph)\\.ts$' },
  ),
  forbid('hub-knows-no-client', 'The hub runs without its tools.', { path: '^hub/', pathNot: TEST }, { path: '^(dashboard|kit|test)/' }),
  forbid(
    'nobody-imports-the-hub',
    'The hub is started as a process; only tests enter it, by createHub.',
    { pathNot: ['^hub/', '^test/', TEST] },
    { path: '^hub/' },
  ),
  forbid(
    'client-is-light',
    'The client ships to browsers: from shared it takes types alone.',
    { path: '^kit/client/', pathNot: TEST },
    { path: '^(gateway|subgraphs|dashboard|kit/(cli|template-subgraph)|test)/' },
  ),
  forbid(
    'client-takes-types-only',
    'Values of shared would drag server code into the browser.',
    { path: '^kit/client/', pathNot: TEST },
    { path: '^shared/', dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'template-is-outside',
    'The template is a stranger: it has what any integrator has.',
    { path: '^kit/template-subgraph/', pathNot: TEST },
    { path: '^(gateway|subgraphs|dashboard|kit/(cli|client)|test)/' },
  ),
  forbid(
    'cli-starts-parties-as-processes',
    'The CLI starts hub and subgraphs by their bin, never by import.',
    { path: '^kit/cli/', pathNot: TEST },
    { path: '^(subgraphs|dashboard|kit/(client|template-subgraph)|test)/' },
  ),
  forbid(
    'dashboard-only-through-client',
    'No private door for our own front-end.',
    { path: '^dashboard/', pathNot: TEST },
    { path: '^(gateway|subgraphs|shared|test|kit/(cli|template-subgraph))/' },
  ),
  forbid(
    'enter-by-the-composition-root',
    'From outside, a deployable is its createX(deps) and nothing else.',
    { path: '^(kit|test|dashboard)/' },
    {
      path: '^(gateway|hub|subgraphs/[^/]+)/',
      pathNot: '^(gateway/src/(gateway|standalone/index|apollo/index)|hub/src/hub|subgraphs/[^/]+/src/subgraph)\\.ts$',
    },
  ),
  forbid('harness-only-in-tests', 'Test support never reaches production.', { pathNot: [TEST, '^test/'] }, { path: '^test/' }),
  forbid(
    'harness-takes-factories',
    'The harness receives createX as an argument, so it imports no deployable.',
    { path: '^test/harness/' },
    { path: '^(gateway|subgraphs|dashboard|hub)/' },
  ),
]

const insideAParty = [
  forbid(
    'capability-through-its-door',
    'Sibling capabilities meet at index.ts.',
    { path: CAPABILITY },
    { path: '^subgraphs/$1/src/capabilities/', pathNot: ['^subgraphs/$1/src/capabilities/$2/', '/index\\.ts$'] },
  ),
  forbid(
    'capability-knows-no-root',
    'main, subgraph, schema and database list the capabilities, not the other way round.',
    { path: CAPABILITY, pathNot: TEST },
    { path: '^subgraphs/[^/]+/src/(main|subgraph|schema|database|config)\\.ts$' },
  ),
  forbid(
    'entity-is-a-leaf',
    'A row knows rows of its own capability and nothing else of ours.',
    { path: '\\.entity\\.ts$' },
    { path: '^(subgraphs|shared)/', pathNot: '\\.entity\\.ts$' },
  ),
  forbid(
    'row-only-in-store',
    'What leaves a store is a domain object.',
    { path: '^subgraphs/', pathNot: ['\\.(entity|store)\\.ts$', '/src/database\\.ts$', TEST] },
    { path: '\\.entity\\.ts$' },
  ),
  forbid(
    'database-only-in-store',
    'SQL has one home per table.',
    { path: '^(subgraphs|gateway)/', pathNot: ['\\.(entity|store)\\.ts$', '/src/database\\.ts$', '/migrations/', TEST] },
    { path: npm('typeorm', 'pg', 'pg-copy-streams') },
  ),
  forbid(
    'shared-database-in-persistence',
    'The driver is wrapped once; postgres/ launches servers and creates databases, so it speaks to them too.',
    { path: '^shared/', pathNot: ['^shared/src/(persistence|postgres)/', TEST] },
    { path: npm('pg', 'pg-copy-streams') },
  ),
  forbid(
    'shared-orm-in-persistence',
    'Only persistence knows the ORM.',
    { path: '^shared/', pathNot: ['^shared/src/persistence/', TEST] },
    { path: npm('typeorm') },
  ),
  forbid(
    'graphql-only-at-the-surface',
    'Rows, stores, policies, loaders, services and domain know no GraphQL.',
    { path: ['\\.(entity|store|policy|service|loader)\\.ts$', DOMAIN], pathNot: '/index\\.ts$' },
    { path: npm('type-graphql', 'graphql', 'graphql-scalars', '@apollo') },
  ),
  forbid(
    'surface-not-to-store',
    'A resolver or type reaches data through a service or a loader of the context.',
    { path: '\\.(resolver|type)\\.ts$' },
    { path: '\\.(store|entity)\\.ts$' },
  ),
  forbid(
    'lower-not-to-surface',
    'Nothing below imports a resolver or a GraphQL type.',
    { path: '\\.(entity|store|policy|service|loader)\\.ts$' },
    { path: '\\.(resolver|type)\\.ts$' },
  ),
  forbid(
    'policy-is-pure',
    'A decision is computed from its arguments.',
    { path: '\\.policy\\.ts$' },
    { path: '\\.(store|entity|loader|service|resolver)\\.ts$' },
  ),
  forbid(
    'policy-and-domain-have-no-io',
    'No library, no Node module.',
    { path: ['\\.policy\\.ts$', DOMAIN], pathNot: '/index\\.ts$' },
    { dependencyTypes: LIBRARY, pathNot: '(^|/)@commonhall/' },
  ),
  forbid(
    'domain-is-pure',
    'The domain file knows only other domain files and shared leaves.',
    { path: DOMAIN, pathNot: '/index\\.ts$' },
    { path: '^subgraphs/.*\\.(entity|store|loader|policy|service|type|resolver)\\.ts$' },
  ),
]

module.exports = {
  forbidden: [...wholeGraph, ...partiesAndPackages, ...insideAParty],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated)/' },
    tsPreCompilationDeps: true, // otherwise type-only imports across parties pass
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}
