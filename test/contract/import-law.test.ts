import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { honestFiles, plantedBreaches } from './import-law.data.js'

interface Violation {
  readonly rule: { readonly name: string }
  readonly from: string
}

const repository = resolve(dirname(new URL(import.meta.url).pathname), '../..')
const law = join(repository, '.dependency-cruiser.cjs')
const require = createRequire(import.meta.url)
const rules = (require(law) as { forbidden: { name: string }[] }).forbidden.map(({ name }) => name)
const folders = ['shared', 'street', 'gateway', 'hub', 'subgraphs', 'kit', 'test', 'dashboard']

const packages: Readonly<Record<string, string>> = {
  shared: 'shared',
  street: 'street',
  gateway: 'gateway',
  hub: 'hub',
  government: 'subgraphs/government',
  residents: 'subgraphs/residents',
  harness: 'test/harness',
}
const doorOf: Readonly<Record<string, string>> = {
  shared: './src/*/index.ts',
  street: './src/index.ts',
  gateway: './src/gateway.ts',
  hub: './src/hub.ts',
  government: './src/subgraph.ts',
  residents: './src/subgraph.ts',
  harness: './src/index.ts',
}

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), `${text}\n`)
}

/** A repository with our package names, `source` doors and stand-ins for the libraries the law mentions. */
function plantRepository(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'commonhall-law-')))
  const libraries = ['typeorm', 'type-graphql', 'pg', 'yaml']
  write(
    root,
    'package.json',
    JSON.stringify({ type: 'module', dependencies: Object.fromEntries(libraries.map((name) => [name, '1.0.0'])) }),
  )
  write(root, 'tsconfig.json', JSON.stringify({ compilerOptions: { module: 'NodeNext', customConditions: ['source'] } }))
  mkdirSync(join(root, 'node_modules/@commonhall'), { recursive: true })
  for (const [name, folder] of Object.entries(packages)) {
    const exports = { [name === 'shared' ? './*' : '.']: { source: doorOf[name], default: './dist/index.js' } }
    write(root, `${folder}/package.json`, JSON.stringify({ name: `@commonhall/${name}`, version: '0.1.0', type: 'module', exports }))
    symlinkSync(join(root, folder), join(root, 'node_modules/@commonhall', name))
  }
  for (const name of libraries) {
    write(root, `node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(root, `node_modules/${name}/index.js`, 'export {}')
  }
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true })
  for (const [file, text] of Object.entries(files)) write(root, file, text)
  return root
}

function cruise(root: string): Violation[] {
  const bin = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const run = spawnSync(process.execPath, [bin, '--config', law, '--output-type', 'json', ...folders], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (!run.stdout.startsWith('{')) throw new Error(`dependency-cruiser said: ${run.stderr}`)
  return (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations
}

describe('the import law', () => {
  const roots: string[] = []
  let honest: Violation[]
  let planted: Violation[]

  beforeAll(() => {
    roots.push(plantRepository(honestFiles))
    const breaches = plantedBreaches.flatMap(({ file, text, besides = {} }) => [[file, text] as const, ...Object.entries(besides)])
    roots.push(plantRepository({ ...honestFiles, ...Object.fromEntries(breaches) }))
    honest = cruise(roots[0]!)
    planted = cruise(roots[1]!)
  })
  afterAll(() => {
    for (const root of roots) rmSync(root, { recursive: true, force: true })
  })

  it('says nothing about a repository that obeys it', () => {
    expect(honest).toEqual([])
  })

  it.each(plantedBreaches)('finds a breach of $rule in $file', ({ rule, file }) => {
    expect(planted.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule)
  })

  it('blames no honest file for the breaches of others', () => {
    const honestFileNames = new Set(Object.keys(honestFiles))
    expect(planted.filter(({ from }) => honestFileNames.has(from))).toEqual([])
  })

  it('has a planted breach for every rule, and no breach of a rule that is gone', () => {
    expect([...new Set(plantedBreaches.map(({ rule }) => rule))].sort()).toEqual([...rules].sort())
  })
})
