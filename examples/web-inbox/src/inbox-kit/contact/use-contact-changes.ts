import { useQueryClient } from '@tanstack/react-query';
import { type Contact, type ContactPatch, isTimsError, TimsApiError } from '@tims/sdk';
import { useCallback } from 'react';
import { errorText } from '../error-text.js';
import { useInbox } from '../inbox.js';

export type ContactValue = string | number | boolean | null;

/** One thing of a contact that can be changed by itself. */
export interface ContactField {
  /** As sentences begin with it: "Plan". */
  readonly label: string;
  of(contact: Contact): ContactValue;
  patch(value: ContactValue): ContactPatch;
}

/** Why a change did not happen. */
export interface Refusal {
  readonly message: string;
  /** What the field holds by now, where somebody else changed it. */
  readonly now?: { readonly value: ContactValue } | undefined;
}

/** Undefined once it is saved. */
export type SaveField = (field: ContactField, value: ContactValue, began: ContactValue) => Promise<Refusal | undefined>;

/**
 * Saves one field of a contact. What colleagues change elsewhere in it meanwhile stays; a value that they changed in the
 * same field is not overwritten before whoever saves has seen it.
 */
export function useSaveField(contactId: string): SaveField {
  const { tims } = useInbox();
  const queries = useQueryClient();
  return useCallback(
    async (field, value, began) => {
      const queryKey = ['contact', contactId];
      const fresh = () => queries.fetchQuery({ queryKey, queryFn: () => tims.contacts.get({ id: contactId }) });
      try {
        let contact = queries.getQueryData<Contact>(queryKey) ?? (await fresh());
        for (let tries = 0; ; tries++) {
          const now = field.of(contact);
          if (now === value) return undefined;
          if (now !== began) return overtaken(now);
          try {
            const saved = await tims.contacts.update({
              ...field.patch(value),
              id: contactId,
              version: contact.version,
            });
            queries.setQueryData<Contact>(queryKey, (known) =>
              known && known.version > saved.version ? known : saved,
            );
            return undefined;
          } catch (error) {
            if (!isTimsError(error, 'conflict') || tries === mostTries) throw error;
            contact = await fresh();
          }
        }
      } catch (error) {
        return { message: wordsOf(error, field) };
      }
    },
    [tims, queries, contactId],
  );
}

/** Others change it, too: each time it is read anew. */
const mostTries = 3;

function overtaken(value: ContactValue): Refusal {
  const what = value === null ? 'took it away' : `changed it to “${wordOf(value)}”`;
  return { message: `A colleague ${what} meanwhile. Save again to replace that, or press Esc.`, now: { value } };
}

function wordOf(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function wordsOf(error: unknown, { label }: ContactField): string {
  const [fault] = isTimsError(error, 'attributes_invalid') && error instanceof TimsApiError ? error.errors : [];
  if (fault) return `${label} ${fault.message}.`;
  const { title, help } = errorText(error);
  return `${title.replace(/\.$/, '')}. ${help}`;
}
