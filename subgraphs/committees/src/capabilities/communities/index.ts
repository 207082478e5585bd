export { calendarOf, type Community } from './community.js'
export {
  findCommittees,
  findCommunitiesWith,
  findCommunity,
  listCommunities,
  lockCommunity,
  setCommunityBoundary,
} from './community.store.js'
export { CommitteeType, CommunityType } from './community.type.js'
