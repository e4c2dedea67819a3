import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';

export interface SecondFactor {
  /** Undefined until it is known. */
  readonly status: Answer<'me.getSecondFactor'> | undefined;
  readonly error: unknown;
  refresh(): void;
}

/** Whether the reader has a second factor, and needs one. */
export function useSecondFactor(): SecondFactor {
  const { tims } = useAppInbox();
  const queries = useQueryClient();
  const queryKey = ['second-factor'];
  const { data, error } = useQuery({ queryKey, queryFn: () => tims.me.getSecondFactor() });
  return {
    status: data,
    error: data === undefined ? error : undefined,
    refresh: () => void queries.invalidateQueries({ queryKey }),
  };
}
