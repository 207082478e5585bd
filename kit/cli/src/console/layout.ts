/** Columns a text takes in a terminal; Chinese characters take two. */
export const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0)

const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/

/** Pieces between which a line may break: after a space, and after each Chinese character. */
const piecesOf = (text: string): string[] => text.match(/[^\s\u2e80-\uffef]+\s*|[\u2e80-\uffef]\s*|\s+/g) ?? []

/** Breaks a text into lines of at most so many columns. What has no place to break, such as a path, stays whole on a line of its own. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(text)) {
    if (line !== '' && widthOf(line) + widthOf(piece.trimEnd()) > columns) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  return [...lines, line.trimEnd()]
}

/** A text beside its label, wrapped, the later lines under the first: `  label   text`. */
export function beside(label: string, text: string, options: { readonly indent: number; readonly columns: number }): string[] {
  const start = ' '.repeat(options.indent)
  return wrap(text, options.columns - options.indent).map((line, index) =>
    index === 0 ? `${label}${' '.repeat(Math.max(options.indent - widthOf(label), 0))}${line}` : start + line,
  )
}
