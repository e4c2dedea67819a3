export { notify, readNotifications } from './actions.js';
export { listNotifications } from './reads.js';
export { purgeOlder } from './repository.js';
export { Notification, NotificationFilter, NotificationsRead } from './schema.js';
