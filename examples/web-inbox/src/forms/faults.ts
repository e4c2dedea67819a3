import { type ErrorCode, isTimsError, TimsApiError } from '@tims/sdk';
import { type ErrorText, errorText } from '../inbox-kit/error-text.js';

/** What is wrong, by field. */
export type Faults<V> = { readonly [K in keyof V]?: string | undefined };

export interface Refusal<V> {
  readonly faults: Faults<V>;
  /** What belongs to no field. */
  readonly failure: ErrorText | undefined;
}

/** Which field an error is about whose code says it; with words where the reader of this form needs others. */
export type FaultPlaces<V> = Partial<Record<ErrorCode, Place<V>>>;
type Place<V> = (keyof V & string) | { readonly at: keyof V & string; readonly says: string };

/** Puts an error where it belongs: at the fields that it names, or over the form. */
export function refusalOf<V extends object>(error: unknown, values: V, places: FaultPlaces<V> = {}): Refusal<V> {
  if (!(error instanceof TimsApiError)) return { faults: {}, failure: networkText(error) };
  const place = Object.entries<Place<V> | undefined>(places).find(([code]) => code === error.code)?.[1];
  if (place !== undefined) return { faults: faultAt(place, error), failure: undefined };
  const known = error.errors.flatMap(({ path, message }) => {
    const name = /^\/body\/([^/]+)/.exec(path)?.[1];
    return name !== undefined && Object.hasOwn(values, name) ? [[name, sentence(message)] as const] : [];
  });
  if (known.length > 0) return { faults: Object.fromEntries(known) as Faults<V>, failure: undefined };
  return { faults: {}, failure: apiText(error) };
}

function faultAt<V>(place: Place<V>, { title, detail, help }: TimsApiError): Faults<V> {
  const [name, says] =
    typeof place === 'object' ? [place.at, place.says] : [place, `${sentence(detail ?? title)} ${help ?? ''}`.trim()];
  return { [name]: says } as Faults<V>; // the name is one of the form's
}

function apiText(error: TimsApiError): ErrorText {
  if (isTimsError(error, 'unauthorized')) {
    return { title: 'Your session has ended', help: 'Sign in again; what you typed is still here.' };
  }
  if (error.status === 429) {
    const seconds = Math.ceil((error.retryAfterMs ?? 60_000) / 1_000);
    const wait = seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
    return { title: 'Too many tries', help: `Wait ${wait}, then try again.` };
  }
  return errorText(error);
}

/** Nothing is sent again by itself here: what was typed stays, and the same button does it once. */
function networkText(error: unknown): ErrorText {
  const text = errorText(error);
  if (isTimsError(error, 'network_error') || isTimsError(error, 'timeout')) {
    return { ...text, help: 'What you typed is kept. Try again when you are connected: it is done once.' };
  }
  return text;
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
