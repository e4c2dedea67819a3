import type { OrganizationSettings } from '@tims/sdk';
import { useEffect, useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { Failure } from '../../forms/Failure.js';
import { useForm } from '../../forms/use-form.js';
import { Button, toast } from '../../inbox-kit/ui.js';
import { useRefresh } from '../frame/use-resource.js';
import { type SettingField, settingFields, settingGroups } from './fields.js';
import { OvertakenNotice } from './OvertakenNotice.js';
import { SettingInput } from './SettingInput.js';
import { asPatch, asTexts, faultsOf, type SettingTexts } from './texts.js';
import { overtakenBy, useUnsaved } from './unsaved.js';

type Name = keyof OrganizationSettings;
const entries = Object.entries(settingFields) as [Name, SettingField][]; // its own entries

/** All settings; saved is what was changed, and nothing else. */
export function SettingsForm({ settings, readOnly }: { settings: OrganizationSettings; readOnly: boolean }) {
  const { tims } = useAppInbox();
  const refresh = useRefresh();
  const stored = asTexts(settings);
  // What the reader began with: what others change meanwhile is told, and overwrites nothing that was typed.
  const [base, setBase] = useState<SettingTexts>(stored);
  const kept = useUnsaved(base);
  const form = useForm<SettingTexts, OrganizationSettings>({
    initial: kept.before ?? base,
    check: faultsOf,
    send: (values, options) => tims.settings.update(asPatch(base, values), options),
    onDone(saved) {
      adopt(asTexts(saved));
      refresh('settings');
      toast({ title: 'The settings are saved' });
    },
  });
  const changed = entries.filter(([name]) => form.values[name] !== base[name]);
  const overtaken = overtakenBy({ base, stored, typed: form.values });
  kept.keep(changed.length > 0 ? form.values : undefined);

  function adopt(texts: SettingTexts): void {
    setBase(texts);
    form.settle(texts);
  }

  // What nobody touched here is simply shown as it is by now.
  const storedText = JSON.stringify(stored);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when what is stored changes
  useEffect(() => {
    const fresh = entries
      .map(([name]) => name)
      .filter((name) => form.values[name] === base[name] && stored[name] !== base[name]);
    if (fresh.length === 0) return;
    const part = Object.fromEntries(fresh.map((name) => [name, stored[name]]));
    setBase({ ...base, ...part });
    form.change(part);
  }, [storedText]);

  return (
    <form ref={form.element} noValidate onSubmit={form.submit}>
      <Failure failure={form.failure} className="mb-5" />
      {overtaken.length > 0 && (
        <OvertakenNotice
          names={overtaken.map((name) => settingFields[name].title)}
          onTakeTheirs={() => {
            form.change(Object.fromEntries(overtaken.map((name) => [name, stored[name]])));
            setBase(stored);
          }}
          onKeepMine={() => setBase(stored)}
        />
      )}
      {settingGroups.map((group) => (
        <section key={group} aria-label={group} className="mb-8">
          <h2 className="mb-2 font-medium text-text-muted text-xs">{group}</h2>
          <div className="divide-y divide-border rounded-xl border border-border bg-surface">
            {entries
              .filter(([, field]) => field.group === group)
              .map(([name, field]) => (
                <SettingInput
                  key={name}
                  field={field}
                  input={form.field(name)}
                  readOnly={readOnly}
                  changed={form.values[name] !== base[name]}
                />
              ))}
          </div>
        </section>
      ))}
      {changed.length > 0 && (
        <div className="sticky bottom-4 z-10 flex flex-wrap items-center justify-end gap-2 rounded-xl border border-border bg-surface-raised p-3 shadow-raised">
          <p role="status" className="mr-auto pl-2 text-text-muted text-xs">
            {changed.length === 1
              ? 'One setting is changed and not saved.'
              : `${changed.length} settings are changed and not saved.`}
          </p>
          <Button onClick={() => adopt(stored)} disabled={form.busy}>
            Discard
          </Button>
          <Button type="submit" variant="primary" busy={form.busy} disabled={overtaken.length > 0}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}
