import { describe, expect, it } from '@jest/globals'
import { buildSchema } from 'graphql'

import { ANONYMOUS_LIMITS } from '../admission/document-limits.js'
import { createDocumentReader } from './checked-document.js'
import { InvalidDocument } from './invalid-document.js'

const schema = buildSchema('type Query { a: Int } type Subscription { told: Int also: Int }')
const reader = createDocumentReader({ schema, hideSchema: false })

describe('a document is read', () => {
  it('and refused as invalid where graphql-js throws instead of finding a fault', () => {
    const text = 'subscription Q($c: Boolean!) { told @include(if: $c) also @skip(if: $c) }'
    expect(() => reader.read(text, 'hash', ANONYMOUS_LIMITS)).toThrow(InvalidDocument)
  })
})
