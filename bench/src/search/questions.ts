/** Several of each kind, so that no answer is only the same pages again. `words`: the most common first. */
export function questions(words: readonly string[]): Record<string, string[]> {
  const some = (from: number, count: number, step = 1) =>
    Array.from({ length: count }, (_, n) => `${words[from + n * step]}`);
  const plain = (list: string[]) => list.map((word) => `${word} `);
  return {
    rare: plain(some(15_000, 12, 300)),
    middling: plain(some(1_000, 12, 50)),
    common: plain(some(0, 12)),
    twoCommon: some(0, 12).map((word, n) => `${word} ${words[n + 12]}`),
    commonAndRare: some(0, 12).map((word, n) => `${word} ${words[9_000 + n * 50]}`),
    twoMiddling: some(1_000, 12, 50).map((word, n) => `${word} ${words[1_700 + n]}`),
    prefix: some(200, 24, 37).map((word) => [...word].slice(0, 3).join('')),
    shortPrefix: ['a', 'k', 'th', 'ma', 'pa', 's'],
    phrase: some(0, 12).map((word, n) => `"${word} ${words[n + 5]}"`),
    rarePhrase: some(800, 12).map((word, n) => `"${word} ${words[n + 5]}"`),
    chinese: ['退款', '谢谢请问', '老师', '明天订', '订单没有'],
    phone: ['+60 19 1000', '6019-1002 3', '601910'],
    nothing: ['zzzzqqqq', 'the zzzzqqqq', '"payment the payment the payment"'],
  };
}
