import { describe, expect, it } from '@jest/globals'

import { createProgram } from './program.js'
import { fakeTerminal } from './testing/fake-terminal.js'

const run = async (words: string[], language: 'zh' | 'en' = 'en') => {
  const terminal = fakeTerminal({ language })
  return { code: await createProgram(terminal).run(words), terminal }
}

describe('the command', () => {
  it('answers --help on standard output with examples and exit codes', async () => {
    const { code, terminal } = await run(['--help'])
    expect(code).toBe(0)
    expect(terminal.printed.join('\n')).toContain('commonhall token clerk')
    expect(terminal.printed.join('\n')).toContain('Exit codes: 0 done')
    expect(terminal.told).toEqual([])
  })

  it('speaks Chinese where the locale does', async () => {
    const { terminal } = await run(['--help'], 'zh')
    expect(terminal.printed.join('\n')).toContain('社区共治')
  })

  it('shows its help when it is called without a word', async () => {
    const { code, terminal } = await run([])
    expect(code).toBe(0)
    expect(terminal.printed.join('\n')).toContain('start|demo')
  })

  it('tells its version', async () => {
    expect((await run(['--version'])).terminal.printed).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)])
  })

  it.each([
    [['tokn'], 'Did you mean token'],
    [['start', '--port', '70000'], 'a port is a number from 0 to 65535'],
    [['token'], "missing required argument 'persona'"],
    [['doctor', '--what'], 'unknown option'],
  ])('calls %j wrong use, on standard error', async (words, sentence) => {
    const { code, terminal } = await run(words)
    expect(code).toBe(2)
    expect(terminal.told.join('\n')).toContain(sentence)
    expect(terminal.printed).toEqual([])
  })
})
