/** What somebody is writing into a conversation. */
export interface Draft {
  readonly text: string;
  /** The message that it answers. */
  readonly replyTo?: string | undefined;
}

/** A draft as this browser keeps it. */
export interface KeptDraft extends Draft {
  /** The version that was last seen at the server, 0 where there was none. */
  readonly version: number;
  /** Something was typed here that the server does not have. */
  readonly unsaved: boolean;
}

export const emptyDraft: Draft = { text: '' };

/** Where the storage is full or forbidden, drafts live as long as the page. */
const fallback = new Map<string, string>();

/** The name under which a draft stands: one for each user, since they may share a browser. */
export function draftKey(userId: string, conversationId: string): string {
  return `tims:draft:${userId}:${conversationId}`;
}

export function readDraft(key: string): KeptDraft {
  try {
    return parse(fallback.get(key) ?? localStorage.getItem(key));
  } catch {
    return parse(undefined);
  }
}

export function writeDraft(key: string, draft: KeptDraft): void {
  fallback.delete(key);
  // An empty one is kept while the server has another: what was sent from here is not to come back from there.
  const gone = isEmpty(draft) && !draft.unsaved && draft.version === 0;
  try {
    if (gone) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    fallback.set(key, JSON.stringify(draft));
  }
}

/** The storage is the user's: anything may stand in it. */
export function parse(kept: string | null | undefined): KeptDraft {
  const found = objectIn(kept);
  const text = 'text' in found && typeof found.text === 'string' ? found.text : '';
  const replyTo = 'replyTo' in found && typeof found.replyTo === 'string' ? found.replyTo : undefined;
  const version = 'version' in found && Number.isSafeInteger(found.version) ? Number(found.version) : 0;
  // One from before there were drafts at the server has never been saved there.
  const unsaved = 'unsaved' in found ? found.unsaved === true : text !== '';
  return { text, ...(replyTo === undefined ? {} : { replyTo }), version, unsaved };
}

function objectIn(kept: string | null | undefined): object {
  try {
    const found: unknown = JSON.parse(kept ?? 'null');
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}

export function isEmpty({ text, replyTo }: Draft): boolean {
  return text === '' && replyTo === undefined;
}

export function isSameDraft(a: Draft, b: Draft): boolean {
  return a.text === b.text && a.replyTo === b.replyTo;
}
