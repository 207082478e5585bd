import { buildingTopics } from './building-topics.js'
import { careTopics } from './care-topics.js'
import { orderTopics } from './order-topics.js'
import { urbanTopics } from './urban-topics.js'

export type { Handler, Topic } from './topic.js'

/** All topics of the street, in a fixed order: the first items of the function list follow it. */
export const topics = [...urbanTopics, ...buildingTopics, ...careTopics, ...orderTopics]
