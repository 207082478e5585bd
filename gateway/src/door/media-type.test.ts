import { describe, expect, it } from '@jest/globals'

import { negotiate } from './media-type.js'

describe('the media type of an answer', () => {
  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/*;q=0.1', 'application/json'],
    ['application/json', 'application/json'],
    ['application/graphql-response+json', 'application/graphql-response+json'],
    ['application/json;q=0.5, application/graphql-response+json;q=0.4', 'application/json'],
    ['text/html, application/graphql-response+json; charset=utf-8; q=0.2', 'application/graphql-response+json'],
  ])('for Accept %s is %s', (accept, json) => expect(negotiate(accept)).toEqual({ json, stream: null }))

  it.each([
    ['text/event-stream', null, 'sse'],
    ['application/json, text/event-stream', 'application/json', 'sse'],
    ['text/event-stream, application/json;q=0.5', null, 'sse'],
    ['multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json', 'application/json', 'multipart'],
    ['multipart/mixed; subscriptionSpec="1.0"', null, 'multipart'],
    ['multipart/mixed;deferSpec=20220824,application/json', 'application/json', null],
    ['*/*, text/event-stream;q=0', 'application/json', null],
  ])('for Accept %s is %s for one result and %s for many', (accept, json, stream) => expect(negotiate(accept)).toEqual({ json, stream }))

  it.each(['text/html', 'application/json;q=0', 'nonsense', ',', 'multipart/mixed;deferSpec=20220824'])(
    'is refused for Accept %s',
    (accept) => expect(() => negotiate(accept)).toThrow(expect.objectContaining({ code: 'NOT_ACCEPTABLE' })),
  )
})
