import { useCommands } from '../inbox-kit/commands.js';
import { useAppInbox, useSession } from './app-inbox.js';
import { areaCommands } from './areas.js';
import { command } from './list/use-cursor.js';
import { groups } from './places.js';
import { switchPresence } from './presence/own-presence.js';
import { navigate } from './router.js';
import { nextTheme } from './theme.js';
import { useLayout } from './viewport.js';
import { useWorkloadTeams } from './workload/use-workload.js';

/** What lies over the page. */
export type Overlay = 'palette' | 'help' | 'notifications' | 'sidebar' | undefined;

/** What can be done and where one can go from everywhere; `beside` the inbox there is no sidebar to show. */
export function useShellCommands(show: (overlay: Overlay) => void, beside: boolean): void {
  const session = useSession();
  const { me } = useAppInbox();
  const layout = useLayout();
  const [team] = useWorkloadTeams();
  useCommands([
    command('app.palette', () => show('palette')),
    command('app.help', () => show('help')),
    command('app.presence', switchPresence),
    command('app.theme', nextTheme),
    ...(layout === 'all' || beside ? [] : [command('app.sidebar', () => show('sidebar'))]),
    ...groups.map((group) =>
      command(`go.${group}`, () => navigate({ place: { kind: 'group', group }, narrowing: {} })),
    ),
    command('go.search', () => navigate({ place: { kind: 'search' }, narrowing: {} })),
    command('go.notifications', () => show('notifications')),
    ...(team
      ? [command('go.workload', () => navigate({ place: { kind: 'workload', key: team.key }, narrowing: {} }))]
      : []),
    ...areaCommands(me),
    { id: 'app.sign-out', title: 'Sign out', group: 'Everywhere', run: () => void session.logout() },
  ]);
}
