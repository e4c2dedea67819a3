import type { Answer } from '@tims/sdk';

type Result = Answer<'conversations.bulk'>['results'][number];

/** Why something was refused, and to which conversations. */
export interface Refusal {
  readonly why: string;
  readonly ids: readonly string[];
}

/** What became of a bulk act of which something was refused. */
export interface Outcome {
  /** What was done: "22 closed"; undefined where nothing was. */
  readonly done: string | undefined;
  readonly refusals: readonly Refusal[];
  /** Of the customers, by conversation. */
  readonly names: ReadonlyMap<string, string>;
}

const words: Partial<Record<NonNullable<Result['code']>, string>> = {
  forbidden: 'Your role may not do that there',
  not_found: 'No longer in your sight',
  conversation_taken: 'Somebody has it already',
  close_reason_unknown: 'Its team has no such reason for closing',
  user_out_of_sight: 'They would not see it',
};

/** What was refused, by reason; the most frequent first. */
export function refusalsOf(results: readonly Result[]): readonly Refusal[] {
  const byReason = new Map<string, string[]>();
  for (const { id, done, code, detail } of results) {
    if (done) continue;
    const why = (code && words[code]) ?? detail?.replaceAll(id, 'it').replace(/\.$/, '') ?? 'It was refused';
    byReason.set(why, [...(byReason.get(why) ?? []), id]);
  }
  return [...byReason].map(([why, ids]) => ({ why, ids })).sort((a, b) => b.ids.length - a.ids.length);
}
