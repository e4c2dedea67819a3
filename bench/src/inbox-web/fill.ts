import { type TestServer, textWebhook, together } from '@tims/testing';

const inOnePost = 100;

/** Lets so many customers write once each, through the front door. */
export async function fill({ tims }: TestServer, customers: number, progress: (line: string) => void): Promise<void> {
  for (let start = 0; start < customers; start += inOnePost) {
    const texts = Array.from({ length: inOnePost }, (_, index) =>
      textWebhook({
        phoneNumberId: tims.phoneNumberId,
        from: String(60_170_000_000 + start + index),
        name: `Customer ${start + index}`,
        text: `Question number ${start + index}`,
      }),
    );
    await tims.receive(together(...texts));
    if (start % 2_000 === 0) progress(`${start} of ${customers} customers have written`);
  }
}
