import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { describe, expect, it } from '@jest/globals'

const SCRIPT = fileURLToPath(new URL('../../../test/bench/heap-swaps.mjs', import.meta.url))

interface Outcome {
  readonly isFlat: boolean
  readonly swaps: number
  readonly requests: { readonly sent: number; readonly failed: number }
}

describe('releases that are replaced under load', () => {
  it('leave the heap, and lose no request', async () => {
    // Its own process: collection can be asked for there, and nothing else lives in its heap.
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', SCRIPT, '--swaps', '20', '--types', '40', '--json'])
    const outcome = JSON.parse(stdout) as Outcome
    expect(outcome).toMatchObject({ isFlat: true, swaps: 20, requests: { failed: 0 } })
    expect(outcome.requests.sent).toBeGreaterThan(20)
  })
})
