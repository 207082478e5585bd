import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

const buildScript = resolve(dirname(new URL(import.meta.url).pathname), '../../scripts/build.mjs')

describe('the build', () => {
  let root: string

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'commonhall-build-'))
    write('package.json', JSON.stringify({ workspaces: ['shared', 'subgraphs/*', 'not-there'] }))
    write('subgraphs/residents/package.json', '{}')
    write('subgraphs/residents/src/a.ts', 'export const a: number = 1\n')
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const run = () => spawnSync(process.execPath, [buildScript, '--root', root], { encoding: 'utf8' })
  const dist = (file: string) => join(root, 'subgraphs/residents/dist', file)

  it('compiles sources with maps, copies data, and leaves tests out', () => {
    write('subgraphs/residents/src/deep/holidays.json', '{"2026": []}')
    write('subgraphs/residents/src/deep/a.test.ts', 'export {}')
    expect(run().status).toBe(0)
    expect(readFileSync(dist('a.js'), 'utf8')).toBe('export const a = 1;\n//# sourceMappingURL=a.js.map\n')
    expect(JSON.parse(readFileSync(dist('a.js.map'), 'utf8'))).toMatchObject({ sources: ['../src/a.ts'] })
    expect(readFileSync(dist('deep/holidays.json'), 'utf8')).toBe('{"2026": []}')
    expect(existsSync(dist('deep/a.test.js'))).toBe(false)
  })

  it('keeps legacy decorators and assigns class fields without defining them', () => {
    write(
      'subgraphs/residents/src/row.ts',
      'const Field = (): PropertyDecorator => () => {}\nexport class Row { @Field() id: string\n  n = 1 }\n',
    )
    expect(run().status).toBe(0)
    const compiled = readFileSync(dist('row.js'), 'utf8')
    expect(compiled).toContain('_ts_decorate')
    expect(compiled).toContain('this.n = 1')
    expect(compiled).not.toContain('design:type')
  })

  it('leaves alone what did not change, and compiles again what did', () => {
    run()
    const before = statSync(dist('a.js')).mtimeMs
    run()
    expect(statSync(dist('a.js')).mtimeMs).toBe(before)
    write('subgraphs/residents/src/a.ts', 'export const a = 2\n')
    const later = new Date(Date.now() + 5000)
    utimesSync(join(root, 'subgraphs/residents/src/a.ts'), later, later)
    run()
    expect(readFileSync(dist('a.js'), 'utf8')).toContain('a = 2')
  })

  it('removes the output of a source that is gone', () => {
    write('subgraphs/residents/src/b.ts', 'export const b = 1\n')
    run()
    rmSync(join(root, 'subgraphs/residents/src/b.ts'))
    expect(run().status).toBe(0)
    expect([existsSync(dist('b.js')), existsSync(dist('b.js.map')), existsSync(dist('a.js'))]).toEqual([false, false, true])
  })

  it('fails with the place of a syntax error, and still builds the rest', () => {
    write('subgraphs/residents/src/broken.ts', 'export const = 1\n')
    const { status, stderr } = run()
    expect(status).toBe(1)
    expect(stderr).toContain('broken.ts')
    expect(existsSync(dist('a.js'))).toBe(true)
  })
})
