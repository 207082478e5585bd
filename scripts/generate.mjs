// npm run generate: writes what is generated and committed. With --check it writes nothing and names what differs.
// Needs the build (the generators run the built packages).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generators } from './generators.mjs'
import { rootDirectory } from './workspaces.mjs'

const isCheck = process.argv.includes('--check')
const differing = []

function committedText(path) {
  try {
    return readFileSync(join(rootDirectory, path), 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

for (const generate of generators) {
  for (const { path, text } of await generate()) {
    if (committedText(path) === text) continue
    differing.push(path)
    if (isCheck) continue
    mkdirSync(dirname(join(rootDirectory, path)), { recursive: true })
    writeFileSync(join(rootDirectory, path), text)
  }
}

for (const path of differing) console.log(isCheck ? `differs: ${path}` : `wrote ${path}`)
if (isCheck && differing.length > 0) {
  console.error('Generated files differ from what their sources say. Run: npm run generate')
  process.exitCode = 1
}
