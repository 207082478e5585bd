import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'

import type { Hub } from '../hub.js'
import { announce } from './announce.js'

const told = (dataDir: string): string => {
  const hub: Hub = {
    url: 'http://127.0.0.1:4000/graphql',
    port: 4000,
    dataDir,
    identityUrl: 'http://127.0.0.1:4000/oidc',
    personas: [],
    sampleCommunity: 'com_x',
    stop: async () => [],
  }
  return announce({ hub, language: 'en', elapsedMs: 1000 })
}

/** What a shell makes of the words after `--data`. */
const dataOf = (command: string): string => {
  const words = /-- reset(.*)$/m.exec(command)?.[1] ?? ''
  return execFileSync(
    'sh',
    ['-c', `printf %s "$2"`, 'sh', ...execFileSync('sh', ['-c', `printf '%s\\n' ${words}`], { encoding: 'utf8' }).split('\n')],
    {
      encoding: 'utf8',
    },
  )
}

describe('what a person reads when the hub is ready', () => {
  it('names no folder when it is the usual one', () => {
    expect(told(resolve('.commonhall'))).toMatch(/-- reset$/m)
  })

  it.each(['/srv/commonhall', "/srv/our hall's data"])(
    'names the folder %s in every command that would else take the usual one',
    (folder) => {
      const text = told(folder)
      expect(text.match(/ --data /g)).toHaveLength(3)
      expect(dataOf(text)).toBe(folder)
    },
  )
})
