import type { Mail } from '../mail/index.js';

export function resetMail({ to, name, link }: { to: string; name: string; link: string }): Mail {
  return {
    to,
    subject: 'A new password for TIMS',
    text: [
      `Hello ${name},`,
      '',
      'somebody, probably you, asked for a new password for your account. Set one here:',
      '',
      link,
      '',
      'The link works once, for an hour. Setting a password ends all your sessions.',
      'If it was not you, do nothing: your password stays as it is.',
      '',
    ].join('\n'),
  };
}
