import { notify } from '../../features/notifications/index.js';
import type { Consumer } from './consumer.js';

/** Tells people what is for them to know. */
export const notificationsConsumer: Consumer = { name: 'notifications', handle: notify };
