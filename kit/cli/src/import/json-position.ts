/** Where a text stops being JSON: line and column from 1. */
export interface TextPosition {
  readonly line: number
  readonly column: number
}

const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null))/iy

type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'next'

/**
 * The place of the first fault in a text that `JSON.parse` refused, for the message to a person: the runtime tells it for some faults only.
 *
 * Walks over the tokens once. The end of the text when it breaks off; the place after the last good token otherwise.
 */
export const faultPosition = (text: string): TextPosition => {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let at = 0
  for (;;) {
    TOKEN.lastIndex = at
    const [all, mark, string] = TOKEN.exec(text) ?? []
    const next: Expected | null = all === undefined ? null : after(expected, mark ?? (string === undefined ? 'scalar' : 'string'), open)
    if (all === undefined || next === null) break
    at += all.length
    expected = next
    if (next === 'next' && open.length === 0) break
  }
  at += /^[ \t\n\r]*/.exec(text.slice(at, at + 10_000))?.[0].length ?? 0
  const before = text.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}

const after = (expected: Expected, token: string, open: ('{' | '[')[]): Expected | null => {
  const isValue = expected === 'value' || expected === 'valueOrEnd'
  switch (token) {
    case '{':
    case '[':
      if (!isValue) return null
      open.push(token)
      return token === '{' ? 'keyOrEnd' : 'valueOrEnd'
    case '}':
    case ']': {
      const mayEnd = expected === 'next' || expected === (token === '}' ? 'keyOrEnd' : 'valueOrEnd')
      return mayEnd && open.pop() === (token === '}' ? '{' : '[') ? 'next' : null
    }
    case ',':
      return expected === 'next' && open.length > 0 ? (open.at(-1) === '{' ? 'key' : 'value') : null
    case ':':
      return expected === 'colon' ? 'value' : null
    case 'string':
      return expected === 'key' || expected === 'keyOrEnd' ? 'colon' : isValue ? 'next' : null
    default:
      return isValue ? 'next' : null
  }
}
