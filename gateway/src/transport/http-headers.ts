/** What of an answer's head decides whether it is read; everything else in it is dropped unseen. */
export interface AnswerHead {
  readonly contentType: string
  readonly contentLength: number | null
  readonly contentEncoding: string | null
}

const JSON_TYPE = /^application\/(?:graphql-response\+)?json[ \t]*(?:;|$)/i

/** Whether a content type is one in which a GraphQL answer may come. */
export const isJsonType = (contentType: string): boolean => JSON_TYPE.test(contentType)

const valueOf = (raw: Buffer | string | undefined): string =>
  raw === undefined ? '' : typeof raw === 'string' ? raw : raw.toString('latin1')

/** Reads undici's flat list of names and values; of a header that is sent twice the last one counts. */
export const readHead = (raw: ReadonlyArray<Buffer | string>): AnswerHead => {
  let contentType = ''
  let contentLength: number | null = null
  let contentEncoding: string | null = null
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const { length } = raw[at] as Buffer | string
    // Names are compared only when their length fits: most headers are passed over for the price of a number.
    if (length !== 12 && length !== 14 && length !== 16) continue
    const name = valueOf(raw[at]).toLowerCase()
    if (name === 'content-type') contentType = valueOf(raw[at + 1])
    else if (name === 'content-length') contentLength = Number(valueOf(raw[at + 1]))
    else if (name === 'content-encoding')
      contentEncoding = valueOf(raw[at + 1])
        .trim()
        .toLowerCase()
  }
  return { contentType, contentLength, contentEncoding }
}
