import { Writable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'

import { createLog } from './log.js'

const SECRET = '13812345678'

const written = (fields: Record<string, unknown>): string => {
  let text = ''
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString()
      done()
    },
  })
  createLog({ name: 'test', destination }).error(fields, 'a field failed')
  return text
}

const fromDatabase = (wrap: (driver: Error) => Error): Error =>
  wrap(
    Object.assign(new Error(`invalid input syntax for type uuid: "${SECRET}"`), {
      severity: 'ERROR',
      code: '22P02',
      detail: `Key (phone)=(${SECRET}) already exists.`,
      table: 'residents',
      constraint: 'residents_pk',
      routine: 'string_to_uuid',
    }),
  )

const brokenJson = (): Error => {
  try {
    return JSON.parse(`{"phone": ${SECRET}x}`) as Error
  } catch (error) {
    return error as Error
  }
}

describe('the log', () => {
  it('writes allowed fields alone', () => {
    const line = JSON.parse(written({ traceId: 't', phone: SECRET, variables: { a: SECRET }, token: SECRET })) as object
    expect(line).toMatchObject({ level: 'error', name: 'test', traceId: 't', msg: 'a field failed' })
    expect(JSON.stringify(line)).not.toContain(SECRET)
  })

  it.each<[string, Error]>([
    ['an error of PostgreSQL', fromDatabase((driver) => driver)],
    [
      'an error of PostgreSQL inside one of TypeORM',
      fromDatabase((driverError) => Object.assign(new Error(driverError.message), { driverError })),
    ],
    ['an error of PostgreSQL as a cause', fromDatabase((cause) => new Error('a write failed', { cause }))],
    ['a parser that quotes what it read', brokenJson()],
  ])('repeats no value in %s, and says what an operator needs', (_, error) => {
    const text = written({ error })
    expect(text).not.toContain(SECRET)
    expect(text).toMatch(/22P02.*residents_pk|SyntaxError/)
    expect(text).toContain('log.test.ts')
  })

  it('takes no line of a message for a line of the stack', () => {
    const text = written({ error: new Error(`first\n${'x'.repeat(400)}\nphone ${SECRET}`) })
    expect(text).not.toContain(SECRET)
  })

  it('ends at an error that is its own cause', () => {
    const error = new Error('round')
    error.cause = error
    expect(written({ error })).toContain('round')
  })
})
