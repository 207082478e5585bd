import type { Terminal } from '../console/terminal.js'

/** A terminal of tests: nobody sits there unless said, and everything written is kept. */
export const fakeTerminal = (
  options: Partial<Pick<Terminal, 'language' | 'isInteractive' | 'environment'>> = {},
): Terminal & {
  readonly printed: string[]
  readonly told: string[]
} => {
  const printed: string[] = []
  const told: string[] = []
  return {
    language: 'en',
    isInteractive: false,
    environment: {},
    ...options,
    printed,
    told,
    print: (text) => void printed.push(text),
    tell: (text) => void told.push(text),
  }
}
