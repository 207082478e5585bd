import type { Draw } from '../differential/random-operation.js'

const TOKEN = /"(?:[^"\\]|\\.)*"|\.\.\.|[A-Za-z_]\w*|\$\w+|@\w+|-?\d+(?:\.\d+)?|\S/g
const SPICE = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '"',
  '\\',
  '...',
  '@',
  '$',
  ':',
  '!',
  '#',
  '\u0000',
  '\ud83d',
  '\uffff',
  'null',
  'true',
  '1e308',
  '"""',
  'on',
  'fragment',
  '__typename',
  '__proto__',
  'constructor',
  '&',
  '|',
  '-',
  ',',
  '\n',
]

const pick = <T>(list: readonly T[], draw: Draw): T => list[draw(list.length)] as T

/** A document with some of its tokens lost, doubled, swapped, replaced, or with bytes that belong to none; at most eight changes. */
export const mutate = (text: string, draw: Draw): string => {
  let tokens: string[] = text.match(TOKEN) ?? []
  for (let changes = 1 + draw(8); changes > 0 && tokens.length > 0; changes--) {
    const at = draw(tokens.length)
    switch (draw(8)) {
      case 0:
        tokens.splice(at, 1 + draw(3))
        break
      case 1:
        tokens.splice(at, 0, ...tokens.slice(at, at + 1 + draw(12)))
        break
      case 2: {
        const other = draw(tokens.length)
        const kept = tokens[at] ?? ''
        tokens[at] = tokens[other] ?? ''
        tokens[other] = kept
        break
      }
      case 3:
        tokens[at] = pick(SPICE, draw)
        break
      case 4:
        tokens.splice(at, 0, pick(SPICE, draw))
        break
      case 5:
        tokens = tokens.slice(0, at)
        break
      case 6:
        tokens.splice(at, 0, ...(Array.from({ length: 1 + draw(60) }, () => tokens[at] ?? '') as string[]))
        break
      default:
        tokens[at] = (tokens[at] ?? '').split('').reverse().join('')
    }
  }
  return tokens.join(pick([' ', ' ', ' ', '', '\n', ','], draw))
}
