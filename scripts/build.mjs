// Compiles src/ of every package to dist/: `node scripts/build.mjs [--quiet] [--root DIR]`.
//
// Only what changed: a file is skipped when its output is newer than the source and than this script (whose options shape
// every output). Outputs whose source is gone are removed, so that a deleted file cannot be imported by accident.
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { rootDirectory, workspaceDirectories } from './workspaces.mjs'

const ASSET_EXTENSIONS = new Set(['.json', '.yaml', '.graphql', '.sql', '.csv', '.geojson', '.html', '.css', '.svg'])
const TEST_FILE = /\.test\.ts$/
const DECLARATION_FILE = /\.d\.ts$/

const swcOptions = {
  swcrc: false,
  configFile: false,
  sourceMaps: true,
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    // The same three switches stand in tsconfig.json and jest.config.mjs: one language for types, tests and production.
    transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
  },
}

/** All files below a folder with their modification times; a missing folder has none. */
async function filesBelow(directory) {
  let entries
  try {
    entries = await readdir(directory, { withFileTypes: true, recursive: true })
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  const times = await Promise.all(files.map((file) => stat(file).catch(() => undefined)))
  return files.flatMap((file, index) => (times[index] ? [{ file, changedMs: times[index].mtimeMs }] : []))
}

/** Writes beside the target and renames: whoever starts while we build never reads half a file. */
async function writeWhole(file, content) {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.tmp`
  await writeFile(draft, content)
  await rename(draft, file)
}

function outputOf(sourceFile, sourceRoot, distRoot) {
  const target = join(distRoot, relative(sourceRoot, sourceFile))
  if (!sourceFile.endsWith('.ts')) return ASSET_EXTENSIONS.has(extname(sourceFile)) ? { target, isCode: false } : undefined
  if (TEST_FILE.test(sourceFile) || DECLARATION_FILE.test(sourceFile)) return undefined
  return { target: target.replace(/\.ts$/, '.js'), isCode: true }
}

async function compile(source, target) {
  const { transform } = await import('@swc/core')
  const text = await readFile(source, 'utf8')
  const { code, map } = await transform(text, {
    ...swcOptions,
    filename: source,
    sourceFileName: relative(dirname(target), source).split(sep).join('/'),
  })
  const mapFile = `${target}.map`
  await writeWhole(mapFile, map)
  await writeWhole(target, `${code}//# sourceMappingURL=${relative(dirname(target), mapFile)}\n`)
}

async function buildPackage(packageDirectory, notOlderThanMs) {
  const sourceRoot = join(packageDirectory, 'src')
  const distRoot = join(packageDirectory, 'dist')
  const [sources, outputs] = await Promise.all([filesBelow(sourceRoot), filesBelow(distRoot)])
  const changedMsOf = new Map(outputs.map(({ file, changedMs }) => [file, changedMs]))
  const wanted = new Set()
  const jobs = []
  for (const { file, changedMs } of sources) {
    const output = outputOf(file, sourceRoot, distRoot)
    if (!output) continue
    wanted.add(output.target)
    if (output.isCode) wanted.add(`${output.target}.map`)
    if ((changedMsOf.get(output.target) ?? 0) > Math.max(changedMs, notOlderThanMs)) continue
    jobs.push(output.isCode ? compile(file, output.target) : readFile(file).then((content) => writeWhole(output.target, content)))
  }
  const orphans = outputs.filter(({ file }) => !wanted.has(file) && !file.endsWith('.tmp'))
  await Promise.all(orphans.map(({ file }) => rm(file, { force: true })))
  const results = await Promise.allSettled(jobs)
  return { built: jobs.length, removed: orphans.length, failures: results.filter((r) => r.status === 'rejected').map((r) => r.reason) }
}

/**
 * Builds every package below a root. For the start command, the generators and the build's own test.
 *
 * Returns how many files were written and removed, and the failures (syntax errors name file and line).
 */
export async function build(root = rootDirectory) {
  const { mtimeMs: ownChangeMs } = await stat(fileURLToPath(import.meta.url))
  const results = await Promise.all(workspaceDirectories(root).map((directory) => buildPackage(join(root, directory), ownChangeMs)))
  return {
    built: results.reduce((sum, result) => sum + result.built, 0),
    removed: results.reduce((sum, result) => sum + result.removed, 0),
    failures: results.flatMap((result) => result.failures),
  }
}

/** What is missing on this machine before anything can be built, in one line with the remedy; undefined when nothing is. */
function missingOnThisMachine() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) return `Node.js 20.19 or newer is needed, this is ${process.versions.node}.`
  if (!existsSync(join(rootDirectory, 'node_modules', '@swc', 'core'))) return 'The packages are not installed. Run: npm ci'
  return undefined
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const missing = missingOnThisMachine()
  if (missing !== undefined) {
    console.error(missing)
    process.exit(1)
  }
  const { values } = parseArgs({
    options: { quiet: { type: 'boolean', default: false }, root: { type: 'string', default: rootDirectory } },
  })
  const startedMs = performance.now()
  const { built, removed, failures } = await build(values.root)
  for (const failure of failures) console.error(failure instanceof Error ? failure.message : failure)
  const isWorthSaying = built > 0 || removed > 0
  // Standard error: `npm run commonhall -- token …` pipes its standard output into other programs.
  if (!values.quiet && isWorthSaying) console.error(`built ${built}, removed ${removed} in ${Math.round(performance.now() - startedMs)} ms`)
  process.exitCode = failures.length > 0 ? 1 : 0
}
