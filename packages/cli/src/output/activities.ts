import type { Activity } from '@tims/sdk';
import type { Names } from '../names.js';
import { shortIds } from '../short-id.js';
import { table } from './table.js';

/** What somebody did, one line each. */
export function activityTable(activities: readonly Activity[], names: Names): string {
  const short = shortIds(activities.flatMap(({ entityId }) => entityId ?? []));
  return table(activities, [
    { title: 'NO', value: ({ sequence }) => String(sequence) },
    { title: 'TIME', value: ({ at }) => at.slice(0, 19).replace('T', ' ') },
    { title: 'WHO', value: ({ actor }) => (actor.type === 'user' ? names.user(actor.id) : actor.id) },
    { title: 'FROM', value: ({ ip }) => ip ?? '' },
    { title: 'DID', value: ({ action }) => action },
    { title: 'TO', value: ({ entityId }) => (entityId ? `${entityId.slice(0, 4)}${short(entityId)}` : '') },
    { title: 'WHAT', value: ({ data }) => changesOf(data), flexible: true },
  ]);
}

/** What holds several things; any other pair is what was before and what is after. */
const lists = ['changed', 'filteredBy', 'in', 'mentions', 'settings'];

/** `status: active → deactivated, reason: resolved` */
function changesOf(data: object): string {
  return Object.entries(data)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? joined(name, value) : String(value)}`)
    .join(', ');
}

function joined(name: string, values: unknown[]): string {
  return values.map(String).join(values.length === 2 && !lists.includes(name) ? ' → ' : ' ');
}
