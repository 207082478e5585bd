// What is generated and committed. Add a generator here: npm run generate writes it, npm run check refuses a difference.
//
// A generator returns the files it makes: [{ path, text }], paths relative to the root, text exactly as committed (formatJson and
// formatMarkdown make it pass prettier). Order matters only where one reads what another wrote.
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { rootDirectory } from './workspaces.mjs'

/** Formats a text as prettier would leave it, so that the format check and the drift check never disagree. */
async function formatted(path, text) {
  const filepath = join(rootDirectory, path)
  return { path, text: await format(text, { ...(await resolveConfig(filepath)), filepath }) }
}

async function charter() {
  const { charterJsonSchema, charterReference, checkReportJsonSchema, readCharter, RULE_CODES, ruleIndex, rulePage } =
    await import('@commonhall/shared/charter')
  return [
    await formatted('charter/schema.json', JSON.stringify(charterJsonSchema())),
    await formatted('docs/reference/charter.md', charterReference(readCharter(join(rootDirectory, 'charter')))),
    await formatted('docs/reference/check-report.schema.json', JSON.stringify(checkReportJsonSchema())),
    await formatted('docs/reference/rules/README.md', ruleIndex()),
    ...(await Promise.all(RULE_CODES.map((code) => formatted(`docs/reference/rules/${code}.md`, rulePage(code))))),
  ]
}

async function errors() {
  const { errorReference } = await import('@commonhall/shared/errors')
  return [await formatted('docs/reference/errors.md', errorReference())]
}

async function operation() {
  const { composeFile } = await import('@commonhall/hub/compose')
  const { environmentExample, settingsReference } = await import('@commonhall/hub/settings')
  return [
    await formatted('docker-compose.yml', composeFile()),
    { path: '.env.example', text: environmentExample() },
    await formatted('docs/reference/configuration.md', settingsReference()),
  ]
}

async function gatewaySettings() {
  const { standaloneReference } = await import('@commonhall/gateway/standalone')
  return [await formatted('docs/reference/gateway.md', standaloneReference())]
}

async function schemas() {
  const names = ['government', 'committees', 'nonprofits', 'residents']
  const subgraphs = await Promise.all(
    names.map(async (name) => ({ name, sdl: await (await import(`@commonhall/${name}`))[`${name}Sdl`]() })),
  )
  const { composeSupergraph } = await import('@commonhall/shared/composition')
  const supergraph = composeSupergraph(subgraphs.map((subgraph) => ({ ...subgraph, url: `local:${subgraph.name}` })))
  if (!supergraph.ok) throw new Error(`The schemas do not compose:\n${JSON.stringify(supergraph.errors, null, 2)}`)
  return Promise.all([
    ...subgraphs.map(({ name, sdl }) => formatted(`subgraphs/${name}/schema.graphql`, sdl)),
    formatted('gateway/supergraph.graphql', supergraph.supergraphSdl),
  ])
}

/** In order: what comes first may be read by what follows (SDL before supergraph). */
export const generators = [
  charter,
  operation,
  errors,
  gatewaySettings,
  schemas,
  // Place for: SDL of each subgraph (subgraphs/*/schema.graphql), then the supergraph (gateway/supergraph.graphql),
  // then the reference of errors and configuration (docs/reference/).
]
