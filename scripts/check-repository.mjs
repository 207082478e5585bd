// What no tracked file may hold: download addresses in the lockfile, paths of somebody's machine, private keys.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootDirectory } from './workspaces.mjs'

// Written in parts, or this file would be its own first finding.
const FORBIDDEN = [
  { pattern: new RegExp(`(?<![\\w.:/-])/(?:${['home', 'Users', 'root', 'work'].join('|')})/[\\w.-]+/`), what: 'a path of one machine' },
  { pattern: new RegExp(`[A-Z]:\\\\${'Users'}\\\\`), what: 'a path of one machine' },
  { pattern: new RegExp(`-----BEGIN [A-Z ]*${'PRIVATE'} KEY-----`), what: 'a private key' },
]

const files = execFileSync('git', ['ls-files', '-z'], { cwd: rootDirectory, encoding: 'utf8' }).split('\0').filter(Boolean)
const findings = []

const lock = JSON.parse(readFileSync(join(rootDirectory, 'package-lock.json'), 'utf8'))
for (const [name, entry] of Object.entries(lock.packages)) {
  // Workspace links are "resolved" to their folder; an address has a scheme.
  if (/^[a-z+]+:/.test(entry.resolved ?? '')) {
    findings.push(`package-lock.json: ${name} has a download address. Run: npm install --package-lock-only (see .npmrc)`)
  }
}

for (const file of files) {
  let text
  try {
    text = readFileSync(join(rootDirectory, file), 'utf8')
  } catch (error) {
    // Deleted and not yet committed: nothing to look at.
    if (error.code === 'ENOENT') continue
    throw error
  }
  if (text.includes('\0')) continue
  text.split('\n').forEach((line, index) => {
    for (const { pattern, what } of FORBIDDEN)
      if (pattern.test(line)) findings.push(`${file}:${index + 1}: ${what}: ${line.trim().slice(0, 120)}`)
  })
}

for (const finding of findings) console.error(finding)
if (findings.length > 0) process.exitCode = 1
else console.log(`${files.length} tracked files: no download address, machine path or private key`)
