export { type AccessLog, accessRefused, createAccessLog } from './access-log.js';
export { leastActivityRetentionMs, purgeActivities } from './purge.js';
export { exportActivities, listActivities, listActivitiesOfUser } from './reads.js';
export { expireActivities } from './retention.js';
export {
  Activity,
  type ActivityData,
  ActivityFilter,
  ActivityPurge,
  ActivityVerification,
  type NewActivity,
  PurgedActivities,
} from './schema.js';
export { readMark, verifyActivities } from './verify.js';
