import { HubError } from '@commonhall/shared/errors'
import { describe, expect, it } from '@jest/globals'

import { tellRefusal } from './tell-refusal.js'

const tell = (error: unknown): { code: number; text: string } => {
  let text = ''
  const code = tellRefusal(error, { language: 'en', write: (part) => (text += part) })
  return { code, text }
}
const fault = (message: string, fields: object): Error => Object.assign(new Error(message), fields)

describe('why a hub did not start', () => {
  it.each<[string, unknown, number, string]>([
    ['a full disk', fault('ENOSPC: no space left on device, write', { code: 'ENOSPC' }), 3, 'DISK_FULL'],
    ['a port taken at the last moment', fault('listen EADDRINUSE', { code: 'EADDRINUSE' }), 4, 'PORT_IN_USE'],
    [
      'a database that is away',
      new HubError('STORAGE', { cause: fault('connect ECONNREFUSED 10.0.0.1:5432', { code: 'ECONNREFUSED' }) }),
      3,
      'connect ECONNREFUSED 10.0.0.1:5432',
    ],
    ['a wrong password', fault('password authentication failed for user "x"', { code: '28P01', severity: 'FATAL' }), 3, 'for user "x"'],
    ['an unknown database', fault('database "y" does not exist', { code: '3D000', severity: 'FATAL' }), 3, 'DATABASE_UNREACHABLE'],
    ['a login without rights', fault('permission denied for schema public', { code: '42501', severity: 'ERROR' }), 3, 'permission denied'],
    ['an unknown option', fault("Unknown option '--foo'", { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' }), 2, "Unknown option '--foo'"],
  ])('is told for %s in one sentence, with the exit code of its kind', (_, error, code, words) => {
    const told = tell(error)
    expect(told).toEqual({ code, text: expect.stringContaining(words) })
    expect(told.text).not.toMatch(/^ +at /m)
  })

  it('is told for a bug with its stack, also when the bug is in our SQL', () => {
    for (const error of [new TypeError('x is no function'), fault('syntax error at or near "slect"', { code: '42601', severity: 'ERROR' })])
      expect(tell(error)).toEqual({ code: 1, text: expect.stringMatching(/^ +at /m) })
  })
})
