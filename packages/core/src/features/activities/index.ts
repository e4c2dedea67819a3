export { writeActivities } from './chain.js';
export { activityData } from './from-events.js';
export { Activity, type ActivityData, type NewActivity } from './schema.js';
