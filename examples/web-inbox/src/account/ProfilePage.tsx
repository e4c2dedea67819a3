import type { Me } from '@tims/sdk';
import { PageFrame } from '../admin/frame/PageFrame.js';
import { useAppInbox, useSession } from '../app/app-inbox.js';
import { roleName } from '../app/sidebar/Me.js';
import { changesOf } from '../forms/changes.js';
import { Failure } from '../forms/Failure.js';
import { SelectField, TextField } from '../forms/inputs.js';
import { useForm } from '../forms/use-form.js';
import { useTeams } from '../inbox-kit/inbox.js';
import { Button, toast } from '../inbox-kit/ui.js';
import { Card } from './Card.js';

const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What colleagues call the reader, and in which time they live. */
export default function ProfilePage() {
  const { tims, me } = useAppInbox();
  const session = useSession();
  const before = valuesOf(me);
  const form = useForm({
    initial: before,
    check: ({ name }) => ({ name: name.trim() === '' ? 'Say what your colleagues call you.' : undefined }),
    async send(values, options) {
      const { timeZone, name } = changesOf(before, { ...values, name: values.name.trim() });
      if (name === undefined && timeZone === undefined) return me;
      return tims.me.update(
        {
          ...(name === undefined ? {} : { name }),
          ...(timeZone === undefined ? {} : { timeZone: timeZone === '' ? null : timeZone }),
        },
        options,
      );
    },
    onDone(user) {
      session.renew(user);
      form.settle(valuesOf(user));
      toast({ title: 'Your profile is saved' });
    },
  });
  const zones = timeZones(form.values.timeZone);

  return (
    <PageFrame title="Profile" says="What your colleagues see of you, and the time that you live in.">
      <Card title="You">
        <form ref={form.element} noValidate onSubmit={form.submit} className="flex max-w-md flex-col gap-4">
          <Failure failure={form.failure} />
          <TextField {...form.field('name')} label="Name" autoComplete="name" maxLength={200} />
          <SelectField
            {...form.field('timeZone')}
            label="Time zone"
            hint={`Follow-ups come back at your time. This device is in ${spoken(deviceZone)}.`}
            choices={[
              { value: '', label: 'None chosen' },
              ...zones.map((zone) => ({ value: zone, label: spoken(zone) })),
            ]}
          />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" busy={form.busy} disabled={!form.dirty}>
              Save
            </Button>
            {form.values.timeZone !== deviceZone && (
              <Button onClick={() => form.change({ timeZone: deviceZone })}>Use this device’s time zone</Button>
            )}
          </div>
        </form>
      </Card>
      <Card title="What others decide" says="An administrator changes these.">
        <Facts me={me} />
      </Card>
    </PageFrame>
  );
}

function Facts({ me }: { me: Me }) {
  const teams = useTeams();
  const names = me.teams.map(({ id, lead }) => `${teams.get(id)?.name ?? 'A team'}${lead ? ' (lead)' : ''}`);
  const facts = [
    ['E-mail', me.email],
    ['Role', roleName(me.role)],
    ['Teams', names.join(', ') || 'None'],
    ['Organization', me.organization.name],
  ] as const;
  return (
    <dl className="grid gap-x-8 gap-y-2 sm:grid-cols-[8rem_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-text-muted">{name}</dt>
          <dd dir="auto" className="break-words max-sm:mb-2">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function valuesOf({ name, timeZone }: Pick<Me, 'name' | 'timeZone'>) {
  return { name, timeZone: timeZone ?? '' };
}

/** Those that the browser knows, with the one that is set whatever it is called. */
function timeZones(chosen: string): readonly string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set([...known, deviceZone, ...(chosen === '' ? [] : [chosen])])].sort();
}

const spoken = (zone: string) => zone.replaceAll('_', ' ');
