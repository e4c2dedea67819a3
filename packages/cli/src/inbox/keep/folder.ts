import { dirname, join } from 'node:path';
import { profileFile } from '../../profile.js';

/** Where the inbox keeps what one user wrote at one server: beside the profile file. */
export function inboxFolder(url: string, userId: string): string {
  const server = url.replace(/^https?:\/\//, '').replace(/[^\w.-]+/g, '_');
  return join(dirname(profileFile()), 'inbox', `${server}-${userId.replace(/[^\w-]/g, '_')}`);
}
