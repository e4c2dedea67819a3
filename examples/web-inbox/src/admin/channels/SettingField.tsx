import { Check, SelectField, TextField } from '../../forms/inputs.js';
import { SecretField } from '../../forms/SecretField.js';
import type { Form } from '../../forms/use-form.js';
import { type ChannelSetting, type ChannelTexts, choicesOf, removalKey, settingKey } from './setting-texts.js';

export interface SettingFieldProps {
  setting: ChannelSetting;
  form: Form<ChannelTexts>;
  /** It is a secret that has a value. */
  kept: boolean;
}

/** One setting of a channel, as its plugin describes it. */
export function SettingField({ setting, form, kept }: SettingFieldProps) {
  const { name, title, description, required, secret, schema } = setting;
  const field = form.field(settingKey(name));
  const frame = { label: title, optional: !required, hint: description ?? undefined };
  const maxLength = typeof schema.maxLength === 'number' ? schema.maxLength : undefined;
  const choices = choicesOf(setting);
  if (choices) return <SelectField {...field} {...frame} choices={choices} />;
  if (!secret) {
    return <TextField {...field} {...frame} maxLength={maxLength} spellCheck={false} autoCapitalize="off" mono />;
  }
  const removed = Boolean(form.values[removalKey(name)]);
  return (
    <div>
      <SecretField
        {...field}
        {...frame}
        maxLength={maxLength}
        disabled={removed}
        placeholder={kept ? 'Stays as it is' : undefined}
      />
      {kept && !required && (
        <Check
          compact
          checked={removed}
          onChecked={(gone) => form.change({ [removalKey(name)]: gone ? 'yes' : '', [settingKey(name)]: '' })}
        >
          Remove it<span className="sr-only">: {title}</span>
        </Check>
      )}
    </div>
  );
}
