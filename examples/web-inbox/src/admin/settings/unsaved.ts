import { useEffect, useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import type { SettingTexts } from './texts.js';

/** Of whom, and what was typed: it outlives a look at another page, and not the window. */
let unsaved: { readonly userId: string; readonly texts: SettingTexts } | undefined;

export interface Unsaved {
  /** What was typed before the page was left. */
  readonly before: SettingTexts | undefined;
  keep(texts: SettingTexts | undefined): void;
}

/** Keeps what was typed and not saved, and has the browser ask before the window goes with it. */
export function useUnsaved(base: SettingTexts): Unsaved {
  const { me } = useAppInbox();
  const [before] = useState(() => (unsaved?.userId === me.id ? { ...base, ...unsaved.texts } : undefined));
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => unsaved && event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  return {
    before,
    keep(texts) {
      unsaved = texts && { userId: me.id, texts };
    },
  };
}

/** The settings that are being changed here and were changed by somebody else meanwhile. */
export function overtakenBy({
  base,
  stored,
  typed,
}: {
  base: SettingTexts;
  stored: SettingTexts;
  typed: SettingTexts;
}): readonly (keyof SettingTexts)[] {
  const names = Object.keys(base) as (keyof SettingTexts)[]; // its own keys
  return names.filter(
    (name) => stored[name] !== base[name] && typed[name] !== base[name] && typed[name] !== stored[name],
  );
}
