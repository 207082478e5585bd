import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from '@jest/globals'

import { documentHash } from '../planning/document-cache.js'
import { InvalidDocument } from '../planning/operation-catalogue.js'
import { createTrustedDocuments, readManifestFolder } from './trusted-documents.js'

const [A, B] = ['{ a }', 'query B { b }']
const [hashA, hashB] = [documentHash(A), documentHash(B)]
const plain = (...texts: string[]): string => JSON.stringify(Object.fromEntries(texts.map((text) => [documentHash(text), text])))
const of = (...texts: string[]) => createTrustedDocuments(texts.map((text, index) => ({ source: `m${index}.json`, text })))

describe('registered documents', () => {
  it('are found by id with and without prefix, by hash and by text', () => {
    const documents = of(plain(A))
    for (const found of [documents.find(`sha256:${hashA}`), documents.find(hashA), documents.findByHash(hashA), documents.findByText(A)])
      expect(found).toMatchObject({ text: A, hash: hashA })
    expect([documents.find(hashB), documents.findByText(B), documents.find('__proto__')]).toEqual([undefined, undefined, undefined])
  })

  it("come from Apollo's manifests too, under their own ids", () => {
    const operations = [
      { id: hashA, body: A, name: 'A', type: 'query' },
      { id: 'custom-1', body: B, name: 'B', type: 'query' },
    ]
    const documents = of(JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }))
    expect(documents.faults).toEqual([])
    expect([documents.find(`sha256:${hashA}`)?.name, documents.find('custom-1')?.name, documents.findByHash(hashB)?.name]).toEqual([
      'A',
      'B',
      'B',
    ])
  })

  it('may belong to clients and may raise limits, for themselves alone', () => {
    const documents = of(
      JSON.stringify({
        format: 'commonhall-trusted-documents',
        clients: ['dashboard'],
        limits: { maxDepth: 30 },
        documents: { [hashA]: A },
      }),
      plain(B),
    )
    const a = documents.find(hashA)
    expect([a?.isFor('dashboard'), a?.isFor('portal'), a?.limits.maxDepth]).toEqual([true, false, 30])
    expect([documents.find(hashB)?.isFor('portal'), documents.find(hashB)?.limits.maxDepth]).toEqual([true, 15])
  })

  it('belong to all who may use them by any manifest', () => {
    const one = JSON.stringify({ format: 'commonhall-trusted-documents', clients: ['dashboard'], documents: { [hashA]: A } })
    const two = JSON.stringify({
      format: 'commonhall-trusted-documents',
      clients: ['portal'],
      limits: { maxAliases: 99 },
      documents: { [hashA]: A },
    })
    const found = of(one, two).find(hashA)
    expect([found?.isFor('dashboard'), found?.isFor('portal'), found?.isFor('other'), found?.limits.maxAliases]).toEqual([
      true,
      true,
      false,
      99,
    ])
  })

  it.each([
    ['no JSON', '[', null],
    ['no manifest', '[1]', null],
    ['an unknown format', '{"format":"other"}', null],
    ['an id that is no hash', JSON.stringify({ x: A }), 'x'],
    ['a text under the hash of another', JSON.stringify({ [hashB]: A }), hashB],
    [
      'a text under the hash of another, as Apollo writes it',
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: hashB, body: A }] }),
      hashB,
    ],
  ])('leave out %s and say so', (_, text, id) => {
    const documents = of(text, plain(B))
    expect(documents.size).toBe(1)
    expect(documents.faults).toEqual([{ source: 'm0.json', id, reason: expect.any(String) }])
  })

  it('do not let a second manifest take over an id', () => {
    const claim = (body: string) =>
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: 'same', body }] })
    const documents = of(claim(A), claim(B))
    expect(documents.find('same')?.text).toBe(A)
    expect(documents.faults).toEqual([{ source: 'm1.json', id: 'same', reason: expect.stringContaining('Another manifest') }])
  })

  it('are checked against each release, with a reason for each that no longer fits', async () => {
    const report = await of(plain(A, B)).validate({
      check: (text) => {
        if (text === B) throw new InvalidDocument([{ message: 'Cannot query field "b".' }])
        return undefined as never
      },
    })
    expect(report).toEqual({ accepted: 1, refused: [{ id: `sha256:${hashB}`, name: null, reason: 'Cannot query field "b".' }] })
  })

  it('are read from a folder, with a subfolder for each client', () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifests-'))
    try {
      mkdirSync(join(folder, 'dashboard'))
      writeFileSync(join(folder, 'all.json'), plain(A))
      writeFileSync(join(folder, 'notes.txt'), 'no manifest')
      writeFileSync(join(folder, 'dashboard', 'own.json'), plain(B))
      const documents = createTrustedDocuments(readManifestFolder(folder))
      expect([documents.size, documents.faults.length]).toEqual([2, 0])
      expect([
        documents.find(hashA)?.isFor('portal'),
        documents.find(hashB)?.isFor('portal'),
        documents.find(hashB)?.isFor('dashboard'),
      ]).toEqual([true, false, true])
    } finally {
      rmSync(folder, { recursive: true })
    }
    expect(() => readManifestFolder(folder)).toThrow()
  })
})
