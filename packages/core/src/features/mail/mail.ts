/** One mail to one person, as plain text: everybody's program shows it, and nothing in it needs escaping. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/**
 * What takes mails away: an SMTP server, or a folder. The host makes it; the domain knows no protocol.
 *
 * @example const mailer: Mailer = { send: async ({ to, subject }) => console.log(to, subject) };
 */
export interface Mailer {
  /** Resolves once the mail is out of our hands; rejects where another try may help. */
  send(mail: Mail, signal: AbortSignal): Promise<void>;
}
