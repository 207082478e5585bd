export { isOwnMatter, type EventOf, type EventPayloads, type EventType, type HubEvent, type LocalizedName } from './catalogue.js'
export { createEventLog, type EventLog } from './event-log.js'
export { migrateEventLog } from './event-log-migration.js'
