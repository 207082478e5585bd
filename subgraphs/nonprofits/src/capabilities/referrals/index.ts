export { answerByAfterReopening } from './referral.js'
export { addReferral, endReferrals, lockReferral, noteAnswer } from './referral.store.js'
export { ReferralType } from './referral.type.js'
export type { Referral } from './referral.js'
