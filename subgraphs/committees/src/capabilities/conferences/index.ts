export { conferenceLimit, type JointConference } from './joint-conference.js'
export { findLatestConferences, saveConference } from './joint-conference.store.js'
