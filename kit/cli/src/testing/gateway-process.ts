import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { composeSupergraph } from '@commonhall/shared/composition'

const COMMAND = fileURLToPath(new URL('../../bin/commonhall.mjs', import.meta.url))
const PATIENCE_MS = 40_000

/** `commonhall gateway` as a process of its own. */
export interface GatewayProcess {
  readonly child: ChildProcess
  output(): string
  /** Waits until it has written a sentence, counted from `after` on; rejects with the output when it ends before. */
  said(sentence: string, after?: number): Promise<void>
  url(): string
  readonly ended: Promise<number | string>
}

/** Starts the built command with words and settings; of our own environment no setting comes along. */
export const startGatewayProcess = (words: readonly string[], settings: Readonly<Record<string, string>> = {}): GatewayProcess => {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('COMMONHALL_') && name !== 'NODE_OPTIONS')
  const child = spawn(process.execPath, [COMMAND, 'gateway', ...words], {
    env: { ...Object.fromEntries(own), LANG: 'C', LC_ALL: 'C', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (written += chunk.toString('utf8')))
  const ended = new Promise<number | string>((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')))
  return {
    child,
    output: () => written,
    ended,
    async said(sentence, after = 0) {
      const untilMs = performance.now() + PATIENCE_MS
      while (!written.slice(after).includes(sentence)) {
        if (child.exitCode !== null || child.signalCode !== null || performance.now() > untilMs)
          throw new Error(`"${sentence}" was not said:\n${written}`)
        await sleep(30)
      }
    },
    url: () => /http:\/\/\S+\/graphql/.exec(written)?.[0] ?? '',
  }
}

/** A subgraph `library` that answers every query alike and remembers the headers it was sent. */
export interface StubSubgraph {
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>[]
  close(): void
}

/** Starts the stub on a free port. */
export const startStub = async (): Promise<StubSubgraph> => {
  const headers: Readonly<Record<string, string | string[] | undefined>>[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
    request.on('end', () => {
      const isProbe = text.includes('{__typename}')
      if (!isProbe) headers.push(request.headers)
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ data: isProbe ? { __typename: 'Query' } : { books: [{ title: 'Tea' }] } }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, headers, close: () => void server.close() }
}

/** A supergraph of our own composer over the stub; `fields` are further fields of a book. */
export const librarySupergraph = (url: string, fields = ''): string => {
  const composed = composeSupergraph([
    { name: 'library', url, sdl: `type Query { books: [Book!]! } type Book { title: String ${fields} }` },
  ])
  if (!composed.ok) throw new Error(composed.errors.map(({ message }) => message).join('\n'))
  return composed.supergraphSdl
}

/** Asks a gateway. */
export const askGateway = async (
  url: string,
  query: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly remedy?: string } }[]
}> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  return (await response.json()) as { data?: unknown; errors?: { message: string }[] }
}
