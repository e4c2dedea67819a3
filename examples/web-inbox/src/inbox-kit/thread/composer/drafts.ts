/** What somebody is writing into a conversation. */
export interface Draft {
  readonly text: string;
  /** The message that it answers. */
  readonly replyTo?: string | undefined;
}

export const emptyDraft: Draft = { text: '' };

/** Where the storage is full or forbidden, drafts live as long as the page. */
const fallback = new Map<string, string>();

/** The name under which a draft stands: one for each user, since they may share a browser. */
export function draftKey(userId: string, conversationId: string): string {
  return `tims:draft:${userId}:${conversationId}`;
}

export function readDraft(key: string): Draft {
  try {
    return parse(fallback.get(key) ?? localStorage.getItem(key));
  } catch {
    return emptyDraft;
  }
}

export function writeDraft(key: string, draft: Draft): void {
  fallback.delete(key);
  const empty = draft.text === '' && draft.replyTo === undefined;
  try {
    if (empty) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    fallback.set(key, JSON.stringify(draft));
  }
}

/** The storage is the user's: anything may stand in it. */
export function parse(kept: string | null | undefined): Draft {
  try {
    const draft: unknown = JSON.parse(kept ?? 'null');
    if (typeof draft !== 'object' || draft === null) return emptyDraft;
    const text = 'text' in draft && typeof draft.text === 'string' ? draft.text : '';
    const replyTo = 'replyTo' in draft && typeof draft.replyTo === 'string' ? draft.replyTo : undefined;
    return { text, ...(replyTo === undefined ? {} : { replyTo }) };
  } catch {
    return emptyDraft;
  }
}
