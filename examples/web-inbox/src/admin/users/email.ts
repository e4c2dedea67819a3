/** As browsers take it (HTML standard), without quoted local parts; as the server does. */
const pattern = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/;

export function emailFault(email: string): string | undefined {
  if (email.trim() === '') return 'Type an e-mail.';
  return pattern.test(email.trim()) ? undefined : 'That is no e-mail: nadia@example.com is one.';
}
