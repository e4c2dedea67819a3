/** Usual reasons for closing; what is written down, and how it reads. */
export const closeReasons: readonly { readonly reason: string; readonly label: string }[] = [
  { reason: 'resolved', label: 'Resolved' },
  { reason: 'no_reply', label: 'The customer did not answer' },
  { reason: 'handled_elsewhere', label: 'Handled elsewhere' },
  { reason: 'duplicate', label: 'Duplicate' },
  { reason: 'not_for_us', label: 'Not for us' },
  { reason: 'spam', label: 'Spam' },
];

/** The most that the server keeps of a reason. */
export const reasonLength = 200;

/** How a reason reads; anything may have been written. */
export function reasonLabel(reason: string): string {
  return closeReasons.find((one) => one.reason === reason)?.label ?? reason;
}
