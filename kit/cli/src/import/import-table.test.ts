import { mkdtempSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from '@jest/globals'

import { readMapping, SUGGESTION_COLUMNS } from './columns.js'
import { UnreadableTextError } from './encoding.js'
import { HeaderError, importTable, type ImportRow, type ImportTableOptions } from './import-table.js'

const fileOf = (content: string | Buffer): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'import-')), 'table.csv')
  writeFileSync(path, content)
  return path
}

/** 路灯坏了 in GBK. */
const GBK_TEXT = Buffer.from([0xc2, 0xb7, 0xb5, 0xc6, 0xbb, 0xb5, 0xc1, 0xcb])

const run = async (file: string, over: Partial<ImportTableOptions> = {}) => {
  const sent: ImportRow[][] = []
  const report = await importTable({
    file,
    target: 'com_1',
    columns: SUGGESTION_COLUMNS,
    mapping: new Map(),
    toRow: (line, cellOf) => {
      const text = cellOf('text')
      return text === null
        ? { line, field: 'text', code: 'INVALID_INPUT', message: 'empty' }
        : { line, externalId: cellOf('externalId'), text }
    },
    send: async (rows) => {
      sent.push([...rows])
      return { accepted: rows.length, duplicates: 0, rejected: [] }
    },
    onProgress: () => undefined,
    ...over,
  })
  return { sent, report, rows: sent.flat() }
}

describe('importing a table', () => {
  it('reads UTF-8 with a byte order mark, CRLF, quotes and line breaks inside a cell', async () => {
    const { rows } = await run(fileOf('\ufeff编号,内容\r\n1,"楼下""路灯""坏了\r\n第二行"\r\n2,垃圾\r\n'))
    expect(rows).toEqual([
      { line: 2, externalId: '1', text: '楼下"路灯"坏了\r\n第二行' },
      { line: 4, externalId: '2', text: '垃圾' },
    ])
  })

  it('reads GBK bytes', async () => {
    const { rows, report } = await run(fileOf(Buffer.concat([Buffer.from('id,text\n1,'), GBK_TEXT, Buffer.from('\n')])))
    expect(rows).toEqual([{ line: 2, externalId: '1', text: '路灯坏了' }])
    expect(report.encoding).toBe('gb18030')
  })

  it('reads semicolons, and headers named by --map', async () => {
    const { rows } = await run(fileOf('Nr;Was\n7;lamp\n'), { mapping: readMapping(['externalId=Nr', 'text=Was']) })
    expect(rows).toEqual([{ line: 2, externalId: '7', text: 'lamp' }])
  })

  it('says what is wrong with a header, and sends nothing', async () => {
    const attempt = run(fileOf('a,b\n1,2\n'))
    await expect(attempt).rejects.toThrow(HeaderError)
    await expect(attempt).rejects.toThrow(/externalId .*--map externalId=HEADER/)
    await expect(run(fileOf('id,text\n'), { mapping: new Map([['txt', 'b']]) })).rejects.toThrow(/no field 'txt'/)
    await expect(run(fileOf(''))).rejects.toThrow('no header')
  })

  it('refuses a file that is no text', async () => {
    await expect(run(fileOf(Buffer.from([0xff, 0xff, 0xff, 0x00, 0x80])))).rejects.toThrow(UnreadableTextError)
  })

  it('writes rejected lines with number, field, code and reason, never their content', async () => {
    const file = fileOf('id,text\n1,\n2,secret-text\n3,\n')
    const { report } = await run(file)
    expect(report).toMatchObject({ accepted: 1, rejected: 2, rejectPath: `${file}.rejected.csv` })
    const written = readFileSync(`${file}.rejected.csv`, 'utf8')
    expect(written).toBe('\ufeffline,field,code,reason\r\n2,text,INVALID_INPUT,empty\r\n4,text,INVALID_INPUT,empty\r\n')
  })

  it('goes on after the last answered batch when it was cut off, and starts anew when the file changed', async () => {
    const lines = Array.from({ length: 10 }, (_, i) => `${i},text ${i}`)
    const file = fileOf(`id,text\n${lines.join('\n')}\n`)
    let calls = 0
    const cut = run(file, {
      batchRows: 3,
      send: async (rows) => {
        calls++
        if (calls === 3) throw new Error('the hub went away')
        return { accepted: rows.length, duplicates: 0, rejected: [] }
      },
    })
    await expect(cut).rejects.toThrow('went away')
    const { rows, report } = await run(file, { batchRows: 3 })
    expect(rows.map((row) => row.line)).toEqual([8, 9, 10, 11])
    expect(report).toMatchObject({ accepted: 10, isResumed: true })
    expect(existsSync(`${file}.commonhall-import.json`)).toBe(false)
    const again = await run(file, { batchRows: 3 })
    expect(again.rows).toHaveLength(10)
  })

  it('streams a hundred thousand lines in bounded batches', async () => {
    const file = fileOf(`id,text\n${Array.from({ length: 100_000 }, (_, i) => `${i},路灯坏了 ${i}`).join('\n')}\n`)
    const { sent, report } = await run(file)
    expect(report.accepted).toBe(100_000)
    expect(Math.max(...sent.map((batch) => batch.length))).toBeLessThanOrEqual(200)
  })

  it('keeps going after a quote that is never closed has swallowed what it could', async () => {
    const file = fileOf(`id,text\n1,good\n2,"open\n${Array.from({ length: 20 }, (_, i) => `${i + 3},x`).join('\n')}\n`)
    const { rows, report } = await run(file)
    expect(rows[0]).toEqual({ line: 2, externalId: '1', text: 'good' })
    expect(report.rejected).toBeGreaterThan(0)
  })
})
