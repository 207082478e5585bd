import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'

import { processGraph } from '../process-graph.js'
import { composeModel } from './compose-file.js'
import { composeSecrets } from './compose-secrets.js'
import { composeValues } from './compose-values.js'

interface ComposeService {
  readonly image: string
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly depends_on?: Readonly<Record<string, { condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly profiles?: readonly string[]
  readonly secrets?: readonly string[]
}
interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly secrets: Readonly<Record<string, object>>
}

const root = new URL('../../../', import.meta.url)
const text = readFileSync(new URL('docker-compose.yml', root), 'utf8')
const committed = parse(text) as ComposeFile
const graph = processGraph(composeValues())

describe('docker-compose.yml', () => {
  it('is what the process graph says', () => {
    expect(committed).toEqual(JSON.parse(JSON.stringify(composeModel())))
  })

  it('has the database and every service of the graph, nothing else', () => {
    expect(Object.keys(committed.services)).toEqual(['postgres', ...graph.map(({ name }) => name)])
  })

  it.each(graph.map((service) => [service.name, service] as const))(
    'runs %s with the command and environment of --split',
    (name, service) => {
      const composed = committed.services[name]
      expect(composed?.command).toEqual(['node', '--enable-source-maps', ...service.command])
      expect(composed?.environment).toEqual(service.environment)
      const source = service.command[0]?.replace('/dist/', '/src/').replace(/\.js$/, '.ts') ?? ''
      expect([source, existsSync(new URL(source, root))]).toEqual([source, true])
    },
  )

  it.each(graph.filter(({ health }) => health !== null).map((service) => [service.name, service] as const))(
    'asks %s for its health at the address where it listens',
    (name, { environment, health }) => {
      expect(health?.port).toBe(Number(environment['COMMONHALL_PORT']))
      expect(committed.services[name]?.healthcheck?.test.join(' ')).toContain(`http://127.0.0.1:${health?.port}${health?.path}`)
    },
  )

  it('starts parties after the databases are prepared, and the gateway after the parties', () => {
    const conditions = (name: string): unknown => committed.services[name]?.depends_on
    expect(conditions('prepare')).toEqual({ postgres: { condition: 'service_healthy' } })
    for (const party of ['government', 'committees', 'nonprofits', 'residents'])
      expect(conditions(party)).toEqual({ prepare: { condition: 'service_completed_successfully' } })
    expect(Object.values(committed.services['gateway']?.depends_on ?? {})).toEqual(Array(4).fill({ condition: 'service_healthy' }))
  })

  it('gives a party its own login and no key of the hub', () => {
    for (const party of ['government', 'committees', 'nonprofits', 'residents']) {
      const { environment, secrets } = committed.services[party] ?? { environment: {} }
      const logins = Object.values(environment).flatMap((value) => /postgres:\/\/(\w+):/.exec(value)?.[1] ?? [])
      expect(logins).toEqual([`commonhall_${party}_app`, `commonhall_${party}_app`])
      expect(secrets).toBeUndefined()
    }
    expect(Object.values(committed.services['gateway']?.environment ?? {}).join(' ')).not.toContain('postgres://')
  })

  it('holds no secret: each is a variable that .env must give', () => {
    const made = composeSecrets()
    const asked = [...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name)
    const fromEnvironment = Object.values(committed.secrets).map((secret) => (secret as { environment: string }).environment)
    const given = [...made.matchAll(/^(\w+)='/gm)].map(([, name]) => name)
    expect([...new Set([...asked, ...fromEnvironment])].sort()).toEqual(given.sort())
    expect(text).not.toMatch(/BEGIN|PASSWORD: (?!'?\$\{)/)
  })

  it('lets the demo sign-in run in the demo profile alone', () => {
    expect(Object.entries(committed.services).flatMap(([name, { profiles }]) => (profiles ? [[name, profiles]] : []))).toEqual([
      ['identity', ['demo']],
    ])
  })
})
