import type { Activity } from '@tims/sdk';

/** `cannedResponses.create` as people read it: "canned responses: create". */
export function actionWords(action: string): string {
  const [noun = '', verb = ''] = action.split('.');
  const spaced = (text: string) =>
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll('_', ' ')
      .toLowerCase();
  const words = verb === '' ? spaced(noun) : `${spaced(noun)}: ${spaced(verb)}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What holds several things; any other pair is what was before and what is after. */
const lists = ['changed', 'filteredBy', 'in', 'mentions', 'settings'];

/** What was changed, in a line: `lifecycle open → closed`. */
export function dataWords(data: Activity['data']): string {
  return Object.entries(data)
    .map(([name, value]) => {
      if (Array.isArray(value) && value.length === 2 && !Array.isArray(value[0]) && !lists.includes(name))
        return `${name} ${said(value[0])} → ${said(value[1])}`;
      return `${name} ${Array.isArray(value) ? value.map(said).join(', ') : said(value)}`;
    })
    .join(' · ');
}

const said = (value: unknown) => (value === null ? 'nothing' : String(value));

/** What is looked for most; whatever the log has can be typed. */
export const frequentActions = [
  'access.refused',
  'activities.export',
  'contacts.get',
  'conversations.assign',
  'conversations.close',
  'conversations.get',
  'conversations.take',
  'invitations.create',
  'keys.create',
  'keys.revoke',
  'messages.search',
  'messages.send',
  'roles.update',
  'auth.login',
  'auth.login_refused',
  'search.find',
  'settings.update',
  'users.create',
  'users.update',
] as const;
