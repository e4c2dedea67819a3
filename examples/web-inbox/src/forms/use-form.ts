import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { ErrorText } from '../inbox-kit/error-text.js';
import { type FaultPlaces, type Faults, refusalOf } from './faults.js';

/** What an input needs to know of its field. */
export interface FieldOf<T> {
  readonly name: string;
  readonly value: T;
  onValue(value: T): void;
  readonly fault: string | undefined;
}

export interface Form<V extends object> {
  readonly values: V;
  field<K extends keyof V & string>(name: K): FieldOf<V[K]>;
  /** Changes some of what is typed. */
  change(values: Partial<V>): void;
  /** Something was typed that is not saved. */
  readonly dirty: boolean;
  readonly busy: boolean;
  /** What went wrong and belongs to no field. */
  readonly failure: ErrorText | undefined;
  submit(event: FormEvent): void;
  /** Takes what is typed now as what is saved. */
  settle(values: V): void;
  readonly element: RefObject<HTMLFormElement | null>;
}

export interface FormOptions<V extends object, T> {
  initial: V;
  /** What can be said of it before it is sent. */
  check?: ((values: V) => Faults<V>) | undefined;
  /** Where errors belong that name no field but by their code. */
  places?: FaultPlaces<V> | undefined;
  /** The same key goes with the same values, so that another try after a lost answer does nothing twice. */
  send(values: V, options: { idempotencyKey: string }): Promise<T>;
  onDone?: ((answer: T, values: V) => void) | undefined;
}

/** A form: what is typed stays until it is saved, faults stand at their fields, and nothing is sent twice. */
export function useForm<V extends object, T>({ initial, check, places, send, onDone }: FormOptions<V, T>): Form<V> {
  const [saved, setSaved] = useState(initial);
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState<Faults<V>>({});
  const [failure, setFailure] = useState<ErrorText>();
  const [busy, setBusy] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const element = useRef<HTMLFormElement>(null);
  const running = useRef(false);
  const attempt = useRef({ text: '', key: '' });

  // The focus goes to what has to be mended.
  useEffect(() => {
    if (refusals === 0) return;
    const fault = element.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-faulty] input');
    (fault ?? element.current?.querySelector<HTMLElement>('[role=alert]'))?.focus();
  }, [refusals]);

  function refuse(found: Faults<V>, whole?: ErrorText): void {
    setFaults(found);
    setFailure(whole);
    setRefusals((count) => count + 1);
  }

  async function run(): Promise<void> {
    const found = check?.(values) ?? {};
    if (Object.values(found).some((fault) => fault !== undefined)) return refuse(found);
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    setFaults({});
    try {
      const answer = await send(values, { idempotencyKey: keyFor(values) });
      attempt.current = { text: '', key: '' };
      setSaved(values);
      onDone?.(answer, values);
    } catch (error) {
      const refusal = refusalOf(error, values, places);
      refuse(refusal.faults, refusal.failure);
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  function keyFor(sent: V): string {
    const text = JSON.stringify(sent);
    if (attempt.current.text !== text) attempt.current = { text, key: newKey() };
    return attempt.current.key;
  }

  function change(part: Partial<V>): void {
    setValues((now) => ({ ...now, ...part }));
    setFaults((now) => ({ ...now, ...Object.fromEntries(Object.keys(part).map((name) => [name, undefined])) }));
  }

  return {
    values,
    field: (name) => ({
      name,
      value: values[name],
      onValue: (value) => change({ [name]: value } as unknown as Partial<V>), // exactly that field
      fault: faults[name],
    }),
    change,
    dirty: JSON.stringify(values) !== JSON.stringify(saved),
    busy,
    failure,
    submit(event) {
      event.preventDefault();
      // A dialog's form stands inside the page's in the tree of components.
      event.stopPropagation();
      if (!running.current) void run();
    },
    settle(next) {
      setSaved(next);
      setValues(next);
      setFaults({});
      setFailure(undefined);
    },
    element,
  };
}

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
