import { describe, expect, it } from '@jest/globals'

import { gatherTurns } from './turn-lines.js'

const setUp = () => {
  const written: string[] = []
  const tasks: (() => void)[] = []
  const lines = gatherTurns(
    (text) => void written.push(text),
    (task) => void tasks.push(task),
  )
  return { written, lines, endTurn: () => tasks.splice(0).forEach((task) => task()) }
}

const info = (n: number): string => `{"level":"info","n":${n}}\n`
const warn = '{"level":"warn"}\n'

describe('lines of one turn of the event loop', () => {
  it('are written together, in their order, each turn for itself', () => {
    const { written, lines, endTurn } = setUp()
    lines.write(info(1))
    lines.write(info(2))
    expect(written).toEqual([])
    endTurn()
    lines.write(info(3))
    endTurn()
    expect(written).toEqual([info(1) + info(2), info(3)])
  })

  it('do not wait behind one that is more than information', () => {
    const { written, lines, endTurn } = setUp()
    lines.write(info(1))
    lines.write(warn)
    expect(written).toEqual([info(1) + warn])
    lines.write(warn)
    lines.write(info(2))
    endTurn()
    expect(written).toEqual([info(1) + warn, warn, info(2)])
  })

  it('are written before a turn has said too much, and when the process ends', () => {
    const { written, lines } = setUp()
    const long = `{"level":"info","text":"${'x'.repeat(70_000)}"}\n`
    lines.write(long)
    lines.write(info(1))
    lines.flush()
    lines.flush()
    expect(written).toEqual([long, info(1)])
  })
})
