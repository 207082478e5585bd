import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const here = import.meta.dirname
const folder = join(here, '.peers')

/** The folder of the peers, as the base of imports from it. */
export const PEERS_URL = pathToFileURL(join(folder, 'package.json')).href

/** The peers' packages and versions, as package.json of this folder pins them. */
export const PEERS = (() => {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'))
  return { ...dependencies, ...optionalDependencies }
})()

const GRAFBASE = '@grafbase/cli-x86_64-unknown-linux-musl'

const isInstalled = ([name, version]) => {
  const manifest = join(folder, 'node_modules', name, 'package.json')
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version
}

/**
 * Installs what is missing of the peers with npm, from the registry that npm is configured for, without running their scripts.
 *
 * They lie in a folder of their own that git does not see: the product never depends on them, and the Elastic licence of
 * `@apollo/gateway` and its parts concerns only whoever runs this benchmark. Gives the packages that could not be had.
 */
export const installPeers = (tell) => {
  const wanted = Object.entries(PEERS)
  if (!wanted.every(isInstalled)) {
    tell('installing the peers into .peers (once; about half a minute)')
    mkdirSync(folder, { recursive: true })
    copyFileSync(join(here, 'package.json'), join(folder, 'package.json'))
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
    const { status, stderr } = spawnSync('npm', ['install', ...quiet], { cwd: folder, encoding: 'utf8', timeout: 600_000 })
    if (status !== 0) tell(`npm could not install them: ${String(stderr).trim().split('\n').slice(0, 3).join(' · ')}`)
  }
  return wanted.filter((peer) => !isInstalled(peer)).map(([name]) => name)
}

/** The program of Grafbase from its npm package; npm unpacks it without the right to run. */
export const grafbaseProgram = () => {
  const program = join(folder, 'node_modules', GRAFBASE, 'grafbase')
  chmodSync(program, 0o755)
  return program
}

/** Packages each contestant cannot do without. */
export const NEEDS = {
  commonhall: [],
  'commonhall-local': [],
  'apollo-gateway': ['@apollo/server', '@apollo/gateway'],
  'hive-gateway': ['@graphql-hive/gateway-runtime'],
  'hive-gateway-rust': ['@graphql-hive/gateway-runtime', '@graphql-hive/router-runtime'],
  grafbase: [GRAFBASE],
  monolith: ['@apollo/server'],
}
