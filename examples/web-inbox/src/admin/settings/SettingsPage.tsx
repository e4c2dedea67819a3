import { useAppInbox } from '../../app/app-inbox.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { ErrorState, Spinner } from '../../inbox-kit/ui.js';
import { PageFrame } from '../frame/PageFrame.js';
import { useResource } from '../frame/use-resource.js';
import { SettingsForm } from './SettingsForm.js';

/** What the organization decides for itself. */
export default function SettingsPage() {
  const { tims, me } = useAppInbox();
  const settings = useResource('settings', () => tims.settings.get());
  const mayWrite = me.permissions['settings:write'] !== undefined;
  return (
    <PageFrame
      title="Settings"
      says={`How ${me.organization.name} works. What is changed holds for everybody at once.`}
      readOnly={mayWrite ? undefined : 'Your role reads the settings. Administrators change them.'}
    >
      {settings.error ? (
        <ErrorState {...errorText(settings.error)} onRetry={settings.retry} busy={settings.busy} />
      ) : settings.data ? (
        <SettingsForm settings={settings.data} readOnly={!mayWrite} />
      ) : (
        <Spinner label="Loading" className="text-accent" />
      )}
    </PageFrame>
  );
}
