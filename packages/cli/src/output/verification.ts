import type { Verification } from '../verify.js';

/** What a verification found, and the head to keep elsewhere. */
export function verificationLines({ verified, begin, head, fault }: Verification): string {
  const lines = fault
    ? [`row ${fault.sequence}  ${fault.kind}: ${fault.detail}`, `${verified} rows before it hold`]
    : [verified === 0 ? 'ok  nothing is recorded' : `ok  ${verified} rows, ${begin} to ${begin + verified - 1}, hold`];
  if (head && !fault) lines.push(`head  ${head.sequence}:${head.mac}`);
  return lines.join('\n');
}
