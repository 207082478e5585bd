const QUOTE = 34
const BACKSLASH = 92

/** Index behind the string that begins at `at`; -1 when it does not end. */
const afterString = (text: string, at: number): number => {
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === BACKSLASH) i++
    else if (code === QUOTE) return i + 1
  }
  return -1
}

/**
 * Where the members of a JSON object stand in its text, as `[from, to)` of each value, without reading the values: their bytes can be
 * handed on as they are. Only for text that `JSON.parse` has accepted and whose keys are known words; on anything else the result
 * means nothing. Of a key that stands twice the last one counts, as in `JSON.parse`.
 */
export const memberRanges = (text: string): ReadonlyMap<string, readonly [number, number]> => {
  const ranges = new Map<string, readonly [number, number]>()
  let depth = 0
  let key: string | null = null
  let from = 0
  const close = (to: number): void => {
    if (key !== null) ranges.set(key, [from, to])
    key = null
  }
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"') {
      const after = afterString(text, i)
      if (after === -1) break
      if (depth === 1 && key === null) {
        key = text.slice(i + 1, after - 1)
        from = text.indexOf(':', after) + 1
        i = from - 1
      } else i = after - 1
    } else if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') {
      depth -= 1
      if (depth === 0) close(i)
    } else if (char === ',' && depth === 1) close(i)
  }
  return ranges
}
