import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { checkCharter, formatFinding, readCharter } from '@commonhall/shared/charter'
import { composeSupergraph } from '@commonhall/shared/composition'

const repository = resolve(dirname(new URL(import.meta.url).pathname), '../..')

describe('the published schemas', () => {
  const charter = readCharter(join(repository, 'charter'))
  const subgraphs = charter.parties.map(({ party: name }) => ({
    name,
    url: `http://${name}.invalid`,
    sdl: readFileSync(join(repository, 'subgraphs', name, 'schema.graphql'), 'utf8'),
  }))

  it('keep the agreement', () => {
    expect(checkCharter({ charter, subgraphs, now: new Date() }).map(formatFinding)).toEqual([])
  })

  it('compose into one supergraph', () => {
    expect(composeSupergraph(subgraphs)).toMatchObject({ ok: true })
  })
})
