import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../hub/dist/main.js', import.meta.url))
const PATIENCE_MS = 50_000

/** A hub as a process of its own, as an operator runs it, with a street of a fiftieth. */
export interface HubProcess {
  readonly child: ChildProcess
  readonly pid: number
  readonly port: number
  readonly dataDir: string
  /** Everything it has written so far. */
  output(): string
  /** Resolves when the addresses are printed; rejects with the output when it ends before. */
  ready(): Promise<void>
  /** Resolves with its exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>
}

/** A folder that is gone after the tests. */
export const temporaryFolder = (): { path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'commonhall-hub-'))
  // Started by root, the database must be able to pass, or its cluster would be made outside and outlive the test.
  chmodSync(path, 0o711)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** A loopback port that was free just now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

/** Starts `hub/dist/main.js`. The environment is ours without any setting of a hub, plus `settings`. */
export const startHubProcess = (options: {
  readonly dataDir: string
  readonly port: number
  readonly words?: readonly string[]
  readonly settings?: Readonly<Record<string, string>>
}): HubProcess => {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('COMMONHALL_') && name !== 'NODE_OPTIONS')
  const child = spawn(process.execPath, [MAIN, '--data', options.dataDir, '--port', String(options.port), ...(options.words ?? [])], {
    env: { ...Object.fromEntries(own), LANG: 'C', LC_ALL: 'C', COMMONHALL_SCALE: '0.02', ...options.settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (written += chunk.toString('utf8')))
  const ended = new Promise<number | string>((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')))
  return {
    child,
    pid: child.pid ?? 0,
    port: options.port,
    dataDir: options.dataDir,
    output: () => written,
    ended,
    async ready() {
      const until = performance.now() + PATIENCE_MS
      while (!written.includes('Commonhall is ready')) {
        if (child.exitCode !== null || child.signalCode !== null || performance.now() > until)
          throw new Error(`the hub is not ready:\n${written}`)
        await sleep(50)
      }
    },
  }
}

/** Whether a process runs; one that has ended and waits to be reaped (by a container's init that never does) does not. */
export const isAlive = (pid: number): boolean => {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false
  }
}

/** Pid of the embedded server of a data folder. */
export const postmasterOf = (dataDir: string): number => {
  const { clusterDir } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { clusterDir: string }
  return Number(readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')[0])
}

/** Administrator's URL of the embedded server of a data folder, at one of its databases. */
export const adminUrlOf = (dataDir: string, database: string): string => {
  const { port, superuserPassword } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as {
    port: number
    superuserPassword: string
  }
  return `postgres://postgres:${superuserPassword}@127.0.0.1:${port}/${database}`
}

/** A token of one of the demo's personas, good for one hour, also across restarts. */
export const personaToken = async (hub: { readonly port: number }, persona: string): Promise<string> => {
  const form = new URLSearchParams({ grant_type: 'urn:commonhall:demo:persona', client_id: 'commonhall-cli', persona })
  const response = await fetch(`http://127.0.0.1:${hub.port}/oidc/token`, { method: 'POST', body: form })
  return ((await response.json()) as { access_token: string }).access_token
}

/** What a hub answered, as it came over the wire. */
export interface Answer {
  readonly status: number
  readonly data?: Record<string, unknown> | null
  readonly errors?: ReadonlyArray<{ message: string; extensions: Record<string, unknown> }>
}

/** Asks the gateway of a hub. */
export const ask = async (hub: { readonly port: number }, query: string, token?: string, variables?: object): Promise<Answer> => {
  const headers = {
    'content-type': 'application/json',
    'accept-language': 'en',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
  const response = await fetch(`http://127.0.0.1:${hub.port}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  })
  return { status: response.status, ...((await response.json()) as object) }
}

/** What `/health/ready` says. */
export const health = async (hub: { readonly port: number }): Promise<{ status: number; parties: Record<string, string> }> => {
  const response = await fetch(`http://127.0.0.1:${hub.port}/health/ready`)
  return { status: response.status, parties: ((await response.json()) as { parties: Record<string, string> }).parties }
}

/** Repeats until a condition holds; fails with what was seen last. For states that other processes reach in their own time. */
export const eventually = async <T>(look: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> => {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const value = await look()
    if (isThere(value)) return value
    if (performance.now() > until) throw new Error(`it did not come about; last seen: ${JSON.stringify(value)}`)
    await sleep(100)
  }
}
