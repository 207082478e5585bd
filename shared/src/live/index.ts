export { createEventFeed, type EventFeed } from './event-feed.js'
export { createLiveTopics, type LiveTopic, type LiveTopics, type LiveWish } from './live-topics.js'
