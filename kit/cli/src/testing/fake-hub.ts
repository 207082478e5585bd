import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the fake hub does with one import: an answer's body with its status, or `'hang up'` to cut the line. */
export type FakeAnswer = { readonly status?: number; readonly body: unknown } | 'hang up'

/** One call that reached the hub. */
export interface HubCall {
  readonly input: {
    readonly rows?: readonly { readonly line: number; readonly [field: string]: unknown }[]
    readonly [field: string]: unknown
  }
  readonly token: string
  readonly language: string
  readonly bytes: number
}

/** A hub of tests with demo sign-in; `answer` decides on every import. */
export interface FakeHub {
  readonly url: string
  readonly calls: HubCall[]
  /** Personas that asked for a token. */
  readonly signedIn: string[]
  stop(): Promise<void>
}

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const reply = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** The answer that takes every row. */
export const takeAll = ({ input }: HubCall): FakeAnswer => taken(input.rows?.length ?? 0)

/** An answer with these numbers. */
export const taken = (accepted: number, duplicates = 0, rejected: readonly unknown[] = []): FakeAnswer => ({
  body: { data: { result: { __typename: 'ImportReport', accepted, duplicates, rejected } } },
})

/** An error of the whole request. */
export const failed = (status: number, code: string): FakeAnswer => ({
  status,
  body: { errors: [{ message: code, extensions: { code } }] },
})

/** Starts a fake hub on loopback; the same `port` again is the same hub after a restart. */
export const startFakeHub = async (answer: (call: HubCall, nth: number) => FakeAnswer, port = 0): Promise<FakeHub> => {
  const calls: HubCall[] = []
  const signedIn: string[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await read(request)
    if (request.url === '/oidc/token') {
      const persona = new URLSearchParams(text).get('persona') ?? ''
      signedIn.push(persona)
      if (persona === 'nobody') return reply(response, 400, { error_description: 'personas: clerk, cadre' })
      return reply(response, 200, { access_token: `token-${signedIn.length}-of-${persona}` })
    }
    const { variables } = JSON.parse(text) as { variables: { input: HubCall['input'] } }
    const token = String(request.headers.authorization).replace('Bearer ', '')
    const call = { input: variables.input, token, language: String(request.headers['accept-language']), bytes: Buffer.byteLength(text) }
    calls.push(call)
    const answered = answer(call, calls.length)
    if (answered === 'hang up') response.destroy()
    else reply(response, answered.status ?? 200, answered.body)
  }
  const server: Server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    calls,
    signedIn,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
