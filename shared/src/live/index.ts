export { createEventFeed, type EventFeed } from './event-feed.js'
export { spaced, type Sleep } from './spaced.js'
export { createLiveTopics, suggestionOf, type LiveTopic, type LiveTopics, type LiveWish } from './live-topics.js'
