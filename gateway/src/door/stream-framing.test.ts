import { describe, expect, it } from '@jest/globals'

import { MULTIPART, SSE } from './stream-framing.js'

describe('results in a stream', () => {
  it('stay one event though a party writes line breaks between its tokens', () => {
    expect(SSE.result('{"a":\r\n 1,\n"b":2}')).toBe('event: next\ndata: {"a":  1, "b":2}\n\n')
  })

  it('cannot end a part of a multipart body: its boundary would need a line break inside a string', () => {
    expect(JSON.stringify('\r\n--graphql')).not.toContain('\n')
    expect(MULTIPART.result('{"data":null}')).toBe('\r\ncontent-type: application/json\r\n\r\n{"payload":{"data":null}}\r\n--graphql')
  })
})
