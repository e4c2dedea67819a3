export type { Mail, Mailer } from './mail.js';
export { queueMail, sendMail } from './sending.js';
