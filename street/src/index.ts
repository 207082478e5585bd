/** The demo street: what happened on Tiansheng Street, from which each party's seeder derives its own rows. */
export type * from './model.js'
export type { Personas } from './personas.js'
export type * from './stories/story.js'
export { factsOf } from './stories/story-facts.js'
export { createStreet, type Street, type StreetManifest, type StreetOptions } from './street.js'
export { topics, type Topic } from './topics/index.js'
