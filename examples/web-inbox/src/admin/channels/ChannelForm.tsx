import { type Channel, isTimsError, type Team } from '@tims/sdk';
import { useEffect, useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { SelectField, TextField } from '../../forms/inputs.js';
import { useForm } from '../../forms/use-form.js';
import { useRefresh } from '../frame/use-resource.js';
import { OvertakenNotice } from '../settings/OvertakenNotice.js';
import { SettingField } from './SettingField.js';
import {
  asTexts,
  type ChannelKind,
  type ChannelTexts,
  changedConfig,
  faultsOf,
  overtaken,
  settingKey,
} from './setting-texts.js';
import { Webhooks } from './Webhooks.js';

export interface ChannelFormProps {
  /** As it is by now; undefined for a new one. */
  channel: Channel | undefined;
  kind: ChannelKind;
  teams: readonly Team[];
  onDone(channel: Channel): void;
  onClose(): void;
}

/** A channel's name, team and settings. What others change meanwhile is told, and overwrites nothing that was typed. */
export function ChannelForm({ channel, kind, teams, onDone, onClose }: ChannelFormProps) {
  const { tims } = useAppInbox();
  const refresh = useRefresh();
  const stored = asTexts(channel, kind, teams);
  const [base, setBase] = useState(stored);
  const form = useForm<ChannelTexts, Channel>({
    initial: base,
    check: (texts) => ({ ...faultsOf(texts, kind, channel), ...faultsOfOvertaken(texts) }),
    send: (texts, options) => save(texts, options),
    onDone,
  });
  const lost = overtaken(base, stored, form.values);

  function faultsOfOvertaken(texts: ChannelTexts): ChannelTexts {
    return Object.fromEntries(
      overtaken(base, stored, texts).map((name) => [name, 'Say first whose change is to stand: theirs or yours.']),
    );
  }

  async function save(texts: ChannelTexts, options: { idempotencyKey: string }): Promise<Channel> {
    const { name = '', defaultTeamId = '' } = texts;
    const config = changedConfig(kind, base, texts);
    if (!channel) {
      return tims.channels.create({ kind: kind.kind, name: name.trim(), defaultTeamId, config }, options);
    }
    const changes = {
      ...(name.trim() === base.name ? {} : { name: name.trim() }),
      ...(defaultTeamId === base.defaultTeamId ? {} : { defaultTeamId }),
      ...(Object.keys(config).length === 0 ? {} : { config }),
    };
    if (Object.keys(changes).length === 0) return channel;
    try {
      return await tims.channels.update({ id: channel.id, ...changes, version: channel.version }, options);
    } catch (error) {
      // What the other one changed is shown, and another try is one against that.
      if (isTimsError(error, 'conflict')) refresh('channels');
      throw error;
    }
  }

  // What nobody touched here is simply shown as it is by now.
  const storedText = JSON.stringify(stored);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when what is stored changes
  useEffect(() => {
    const fresh = Object.keys(stored).filter((name) => form.values[name] === base[name] && stored[name] !== base[name]);
    if (fresh.length === 0) return;
    const part = Object.fromEntries(fresh.map((name) => [name, stored[name] ?? '']));
    setBase({ ...base, ...part });
    form.change(part);
  }, [storedText]);

  const titles = new Map([
    ['name', 'Name'],
    ['defaultTeamId', 'New conversations go to'],
    ...kind.settings.map(({ name, title }) => [settingKey(name), title] as const),
  ]);
  return (
    <FormDialog
      form={form}
      title={channel ? channel.name : `Connect ${kind.title}`}
      description={
        channel
          ? `Before a changed setting is stored, ${kind.title} is asked whether it works.`
          : `${kind.title} is asked whether the settings work before anything is stored.`
      }
      action={channel ? 'Save' : 'Connect'}
      onClose={onClose}
    >
      {lost.length > 0 && (
        <OvertakenNotice
          names={lost.map((name) => titles.get(name) ?? name)}
          onTakeTheirs={() => {
            form.change(Object.fromEntries(lost.map((name) => [name, stored[name] ?? ''])));
            setBase(stored);
          }}
          onKeepMine={() => setBase(stored)}
        />
      )}
      <TextField {...form.field('name')} label="Name" hint="How your people call it." maxLength={200} />
      <SelectField
        {...form.field('defaultTeamId')}
        label="New conversations go to"
        choices={teams.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {kind.settings.map((setting) => (
        <SettingField
          key={setting.name}
          setting={setting}
          form={form}
          kept={channel?.secrets.includes(setting.name) === true}
        />
      ))}
      {channel && <Webhooks channel={channel} kind={kind} />}
    </FormDialog>
  );
}
