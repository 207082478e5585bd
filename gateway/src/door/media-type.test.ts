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
  ])('for Accept %s is %s', (accept, type) => expect(negotiate(accept)).toBe(type))

  it.each(['text/html', 'application/json;q=0', 'nonsense', ','])('is refused for Accept %s', (accept) =>
    expect(() => negotiate(accept)).toThrow(expect.objectContaining({ code: 'NOT_ACCEPTABLE' })),
  )
})
