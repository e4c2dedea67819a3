import type { Mail } from '../mail/index.js';

export function invitationMail({
  to,
  name,
  organization,
  link,
}: {
  to: string;
  name: string;
  organization: string;
  link: string;
}): Mail {
  return {
    to,
    subject: `Join ${organization} on TIMS`,
    text: [
      name === '' ? 'Hello,' : `Hello ${name},`,
      '',
      `you are invited to answer customers with ${organization}. Accept here:`,
      '',
      link,
      '',
      'The link works once, for seven days.',
      'If you did not expect this, do nothing.',
      '',
    ].join('\n'),
  };
}
