import { HubError } from '@commonhall/shared/errors'

/** The two media types of GraphQL over HTTP. The older one answers 200 for what the document got wrong. */
export type MediaType = 'application/graphql-response+json' | 'application/json'

const OFFERED: readonly MediaType[] = ['application/graphql-response+json', 'application/json']

interface Wish {
  readonly range: string
  readonly quality: number
}

const readWish = (part: string): Wish => {
  const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return { range, quality: quality === undefined ? 1 : Number(quality) || 0 }
}

const covers = (range: string, type: MediaType): boolean =>
  range === type || (range === '*/*' && type === 'application/json') || (range === 'application/*' && type === 'application/json')

/** Chooses the media type of the answer from `Accept`; without one, or with a wildcard, plain JSON. Refused: NOT_ACCEPTABLE. */
export const negotiate = (accept: string | undefined): MediaType => {
  if (accept === undefined || accept.trim() === '') return 'application/json'
  const wishes = accept.slice(0, 1000).split(',').map(readWish)
  let best: { type: MediaType; quality: number } | null = null
  for (const type of OFFERED) {
    const quality = Math.max(0, ...wishes.filter(({ range }) => covers(range, type)).map((wish) => wish.quality))
    if (quality > (best?.quality ?? 0)) best = { type, quality }
  }
  if (best === null) throw new HubError('NOT_ACCEPTABLE')
  return best.type
}
