import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from '@jest/globals'

/** Runs in a process of its own, on the built files: a test runner's own memory would hide what is measured. */
const PROGRAM = `
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
const { importTable } = await import(process.argv[1] + '/import-table.js')
const { SUGGESTION_COLUMNS } = await import(process.argv[1] + '/columns.js')
const { suggestionRow } = await import(process.argv[1] + '/rows.js')
const folder = mkdtempSync(join(tmpdir(), 'million-'))
const file = join(folder, 'million.csv')
const out = createWriteStream(file)
out.write('编号,内容,类型,时间\\n')
for (let at = 0; at < 1_000_000; at += 1000) {
  let text = ''
  for (let i = at; i < at + 1000; i++) text += i + ',三号楼下的路灯坏了两周了,' + (i % 1000 === 7 ? '投诉,\\n' : '投诉,2025/3/1 8:05\\n')
  if (!out.write(text)) await once(out, 'drain')
}
out.end()
await once(out, 'finish')
const before = process.memoryUsage().rss
let peak = before
let batches = 0
const report = await importTable({
  file, target: 'com_1', columns: SUGGESTION_COLUMNS, mapping: new Map(), toRow: suggestionRow((zh, en) => en),
  send: async (rows) => {
    if (++batches % 50 === 0) peak = Math.max(peak, process.memoryUsage().rss)
    return { accepted: rows.length, duplicates: 0, rejected: [] }
  },
  onProgress: () => undefined,
})
rmSync(folder, { recursive: true })
console.log(JSON.stringify({ ...report, batches, grownMb: (peak - before) / 1024 / 1024 }))
`

describe('importing a million lines', () => {
  it('needs the memory of a few batches', () => {
    const built = fileURLToPath(new URL('../../dist/import', import.meta.url))
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', PROGRAM, built], { encoding: 'utf8' })
    expect(stderr).toBe('')
    const { accepted, lines, batches, grownMb } = JSON.parse(stdout) as {
      accepted: number
      lines: number
      batches: number
      grownMb: number
    }
    expect({ accepted, lines, batches }).toEqual({ accepted: 1_000_000, lines: 1_000_001, batches: 5_000 })
    expect(grownMb).toBeLessThan(200)
  })
})
