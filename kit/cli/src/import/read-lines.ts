import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

import { CsvError, parse } from 'csv-parse'

import { decodeStream, type Encoding } from './encoding.js'

/** One record of a CSV file: its first line in the file and its cells; or why it is none. */
export type CsvLine =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly fault: { readonly code: string; readonly message: string } }

const MAX_CELL_CHARACTERS = 100_000

/**
 * Streams the records of a CSV file (RFC 4180, any line ends, quotes, `,` `;` or tab as delimiter), in memory of a few chunks.
 *
 * A record that is broken is handed out as a fault with its line; reading goes on with the next.
 */
export async function* readCsvLines(path: string, encoding: Encoding, delimiter: string): AsyncGenerator<CsvLine> {
  const faults: CsvLine[] = []
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_CELL_CHARACTERS,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error instanceof CsvError)
        faults.push({ line: Number(error['lines'] ?? 0), fault: { code: 'INVALID_INPUT', message: `${error.code}: the line is not CSV` } })
      return undefined
    },
  })
  const source = createReadStream(path)
  // Errors of the source reach the reader through the parser; a reader that stops early closes the file.
  void pipeline(source, decodeStream(encoding), parser).catch((error: Error) => parser.destroy(error))
  let countedTwice = 0
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    while (faults.length > 0) yield faults.shift() as CsvLine
    // `info.lines` is the record's last line; a quoted cell may hold line breaks. The parser counts a CRLF inside a cell as two.
    let breaks = 0
    for (const cell of record) {
      if (!cell.includes('\n') && !cell.includes('\r')) continue
      countedTwice += cell.match(/\r\n/g)?.length ?? 0
      breaks += cell.match(/\r\n|\r|\n/g)?.length ?? 0
    }
    yield { line: info.lines - countedTwice - breaks, cells: record }
  }
  yield* faults
}

/** The delimiter of a header line: the one of `,` `;` tab that occurs most. */
export const guessDelimiter = (headerLine: string): string =>
  [',', ';', '\t'].map((mark) => ({ mark, count: headerLine.split(mark).length })).sort((a, b) => b.count - a.count)[0]?.mark ?? ','
