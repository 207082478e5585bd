export { calendarOf, type Community } from './community.js'
export { findCommittees, findCommunity, listCommunities, lockCommunity, setCommunityBoundary } from './community.store.js'
export { CommitteeType, CommunityType } from './community.type.js'
