export { answerLimit, type ClosedWhy, type InboxItem } from './inbox-item.js'
export { mayReadInbox } from './inbox-item.policy.js'
export { inboxItemById } from './inbox-item.loader.js'
export {
  addInboxItem,
  answerInboxItem,
  closeInboxItems,
  findItemOf,
  finishInboxItem,
  finishInboxItems,
  lockLatestItem,
} from './inbox-item.store.js'
