import type { CloseReason } from '@tims/sdk';

/** Those with which the conversations of a team can be closed. */
export function reasonsOf(all: readonly CloseReason[], teamId: string): readonly CloseReason[] {
  return all.filter((reason) => reason.teamId === null || reason.teamId === teamId);
}

/** How a reason reads; one that was removed since reads as it was written down. */
export function reasonLabel(all: readonly CloseReason[], key: string): string {
  return all.find((one) => one.key === key)?.name ?? key;
}
