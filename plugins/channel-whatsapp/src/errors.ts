import type { ProviderError, SendErrorKind } from '@tims/core/plugin';
import { identifier, object, text } from './parse/json.js';

type Codes = number | readonly [from: number, to: number];

interface Rule {
  kind: SendErrorKind;
  codes: readonly Codes[];
  /** How long Meta wants to be left alone, where it says so. */
  retryAfterMs?: number;
}

const second = 1000;
const minute = 60 * second;

/**
 * What Meta's codes mean for us, read from Meta's error reference. `credentials` stands only where the account, the
 * number or the token needs a person; where a person must mend one template or one message, that message is
 * `rejected` and the channel goes on. The first rule that has the code counts.
 */
export const errorTable: readonly Rule[] = [
  // Token and permissions.
  { kind: 'credentials', codes: [0, 190, 3, 10, [200, 299], 131005] },
  // The number or account is gone, locked, unpaid, unregistered, under a policy block, or has unaccepted terms.
  {
    kind: 'credentials',
    codes: [33, 368, 131031, 131037, 131042, 131044, 131045, 133005, 133006, [133008, 133010], 133015, 133016],
  },
  { kind: 'credentials', codes: [134011, 136024, 136025] },
  // Nothing was sent; the same request can succeed later.
  { kind: 'retry', codes: [1, 2, 131000, 131016, 133000, 133004] },
  // The number is being upgraded; takes up to a minute.
  { kind: 'retry', codes: [131057], retryAfterMs: 15 * second },
  // Throughput of the number.
  { kind: 'rate_limited', codes: [130429], retryAfterMs: second },
  // One message in six seconds to one person.
  { kind: 'rate_limited', codes: [131056], retryAfterMs: 6 * second },
  // Calls an hour of the app and of the account.
  { kind: 'rate_limited', codes: [4, 80007], retryAfterMs: 5 * minute },
  // Ten flows an hour.
  { kind: 'rate_limited', codes: [132069], retryAfterMs: 6 * minute },
  // Too many blocks and reports; call permission requests; limits lowered for misclassified templates.
  { kind: 'rate_limited', codes: [131048, 613, 131064], retryAfterMs: 60 * minute },
  // 470: the same from the retired on-premises API.
  { kind: 'window_closed', codes: [131047, 470] },
  // Not on WhatsApp, blocked us, stopped marketing, not on a test number's list.
  { kind: 'recipient_blocked', codes: [131026, 131030, 131050] },
  // Bad parameters.
  { kind: 'rejected', codes: [100, 131008, 131009, 131021, 131055, 135000] },
  // Withheld: an experiment, the country, the per-person marketing cap.
  { kind: 'rejected', codes: [130472, 130497, 131049] },
  // Groups, no-storage mode, types, media, coexistence, business-scoped ids, marketing on this API.
  { kind: 'rejected', codes: [131014, 131020, 131035, 131036, 131041, 131051, 131052, 131053] },
  { kind: 'rejected', codes: [131059, 131060, 131062, 131063, [131201, 131215]] },
  // Templates and flows.
  { kind: 'rejected', codes: [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068] },
  // Marketing messages API, identity check, calls, flows, block list, user names.
  { kind: 'rejected', codes: [[134100, 134102], 137000, [138000, 138018], [139000, 139004], [139100, 139103]] },
  { kind: 'rejected', codes: [[147001, 147005]] },
  // Template creation, maintenance, history, a duplicate request.
  { kind: 'rejected', codes: [[2388000, 2388999], 2494100, [2593107, 2593109], 1752041] },
];

/** What a code of Meta's means. One that nobody knows is `rejected`: it is shown with its text and not repeated. */
export function classify(code: number): { kind: SendErrorKind; retryAfterMs?: number } {
  const rule = errorTable.find(({ codes }) => codes.some((entry) => holds(entry, code)));
  if (!rule) return { kind: 'rejected' };
  return rule.retryAfterMs === undefined ? { kind: rule.kind } : { kind: rule.kind, retryAfterMs: rule.retryAfterMs };
}

function holds(entry: Codes, code: number): boolean {
  return typeof entry === 'number' ? entry === code : code >= entry[0] && code <= entry[1];
}

/** Reads one error object, as it stands in an HTTP answer's `error` or in a webhook's `errors[]`. */
export function readError(value: unknown): ProviderError | undefined {
  const error = object(value);
  const code = identifier(error?.code);
  if (!error || code === undefined) return undefined;
  const summary = text(error.title) ?? text(error.message);
  const details = text(object(error.error_data)?.details) ?? text(error.error_user_msg) ?? text(error.details);
  const parts = [summary, details === summary ? undefined : details].filter((part) => part !== undefined);
  const words = parts.join(': ') || `WhatsApp error ${code}`;
  return { kind: classify(Number(code)).kind, code, text: withoutTokens(words).slice(0, 1000) };
}

/** Meta repeats a malformed access token in its own error text. */
export function withoutTokens(words: string, token?: string): string {
  const cleaned = token === undefined ? words : words.replaceAll(token, '[access token]');
  return cleaned.replace(/\bEA[A-Za-z0-9_-]{20,}/g, '[access token]');
}
