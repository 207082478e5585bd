export { engagementsToAskAgain } from './engagement.js'
export { engagementById, engagementsOfSuggestion } from './engagement.loader.js'
export { findEngagementsOfSuggestions, lapseEngagements } from './engagement.store.js'
export { watchPromises } from './watch-promises.service.js'
