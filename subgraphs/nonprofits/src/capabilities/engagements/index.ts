export { engagementById, engagementsOfSuggestion } from './engagement.loader.js'
export { releaseEngagements } from './engagement.store.js'
export { tellPromises } from './engagement.watcher.js'
export type { Engagement } from './engagement.js'
