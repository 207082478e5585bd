import { HubError } from '@commonhall/shared/errors'

/** The two media types of GraphQL over HTTP. The older one answers 200 for what the document got wrong. */
export type MediaType = 'application/graphql-response+json' | 'application/json'

/** Ways to answer with more than one result: server-sent events, and the multipart protocol of Apollo's clients. */
export type StreamType = 'sse' | 'multipart'

/** What a client accepts. At least one of the two is not null. */
export interface Accepted {
  /** For one result; null when the client wants nothing but a stream. */
  readonly json: MediaType | null
  /** For many results. */
  readonly stream: StreamType | null
}

interface Wish {
  readonly range: string
  readonly quality: number
  readonly parameters: readonly string[]
}

const JSON_TYPES: readonly MediaType[] = ['application/graphql-response+json', 'application/json']
const STREAM_TYPES: readonly StreamType[] = ['sse', 'multipart']
const PLAIN: Accepted = { json: 'application/json', stream: null }

const readWish = (part: string): Wish => {
  const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return { range, quality: quality === undefined ? 1 : Number(quality) || 0, parameters }
}

const coversJson = ({ range }: Wish, type: MediaType): boolean =>
  range === type || ((range === '*/*' || range === 'application/*') && type === 'application/json')

// A wildcard never means a stream: it is what clients send that know nothing of them.
const coversStream = ({ range, parameters }: Wish, type: StreamType): boolean =>
  type === 'sse'
    ? range === 'text/event-stream'
    : range === 'multipart/mixed' && parameters.some((parameter) => /^subscriptionSpec="?1\.0"?$/i.test(parameter))

const best = <T>(types: readonly T[], wishes: readonly Wish[], covers: (wish: Wish, type: T) => boolean) => {
  let found: { type: T; quality: number } | null = null
  for (const type of types) {
    const quality = Math.max(0, ...wishes.filter((wish) => covers(wish, type)).map((wish) => wish.quality))
    if (quality > (found?.quality ?? 0)) found = { type, quality }
  }
  return found
}

const negotiateAnew = (accept: string): Accepted => {
  const wishes = accept.slice(0, 1000).split(',').map(readWish)
  const json = best(JSON_TYPES, wishes, coversJson)
  const stream = best(STREAM_TYPES, wishes, coversStream)
  if (json === null && stream === null) throw new HubError('NOT_ACCEPTABLE')
  // Who likes a stream better gets everything in it.
  if (json !== null && stream !== null && stream.quality > json.quality) return { json: null, stream: stream.type }
  return { json: json?.type ?? null, stream: stream?.type ?? null }
}

const MAX_KNOWN = 100
const known = new Map<string, Accepted>()

/** Chooses how to answer from `Accept`; without one, or with a wildcard, plain JSON. Refused: NOT_ACCEPTABLE. Few clients, few headers: remembered. */
export const negotiate = (accept: string | undefined): Accepted => {
  if (accept === undefined || accept === '' || accept === '*/*') return PLAIN
  const before = known.get(accept)
  if (before !== undefined) return before
  if (accept.trim() === '') return PLAIN
  const accepted = negotiateAnew(accept)
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(accept, accepted)
  return accepted
}
