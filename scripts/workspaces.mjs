// The packages of this repository, as the root package.json lists them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the repository. */
export const rootDirectory = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Folders of all workspaces, relative to the root, in the order of package.json.
 *
 * `subgraphs/*` is expanded to the folders that have a package.json; no other wildcard is understood.
 */
export function workspaceDirectories(root = rootDirectory) {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return workspaces.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern]
    const parent = pattern.slice(0, -2)
    if (!existsSync(join(root, parent))) return []
    return readdirSync(join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(root, parent, entry.name, 'package.json')))
      .map((entry) => `${parent}/${entry.name}`)
  })
}
