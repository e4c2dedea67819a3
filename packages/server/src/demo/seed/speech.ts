import { type Numbers, numbersFrom } from './numbers.js';

/** Sentences of a help desk's customers: words as rare and as common as in a language, in several of them. */
export interface Speech {
  sentence(numbers: Numbers): string;
  name(numbers: Numbers): string;
  /** The words, the most common first. */
  words: readonly string[];
}

/** What people write most, by language. */
const common: Record<string, string> = {
  en: 'the you to is my please order can payment when have not for refund thanks hello class today this with',
  ms: 'saya nak boleh tak ada bila untuk kelas bayar terima kasih dah belum hari ini yang dan sudah minta tolong',
  es: 'que por favor está mañana pago gracias cómo cuándo día niño también aquí señor más información',
  fr: 'bonjour merci s’il où déjà reçu paiement être très élève français leçon même après',
  de: 'ich für bitte möchte schön größe können über heute straße zurück wann danke',
  pt: 'não você obrigado aula amanhã pagamento será até já também três',
  vi: 'xin chào tôi muốn học phí bao nhiêu cảm ơn được không',
  tr: 'merhaba teşekkür ödeme için çok güzel değil bugün şimdi öğrenci',
};
const chinese = '你好我想退款谢谢请问什么时候可以上课老师付款已经完成了吗今天明天订单没有收到'.split('');
const syllables =
  'ka mi ro té lu sa né vi do pä ru lo ñi be ça fü gi ho jé ki ma no ôr pe qu ri shi ta ün wo xa yu zé'.split(' ');
const givenNames =
  'Aisyah José Siti François Nurul Zoë Ahmad Müller Wei Ling Priya Renée Kumar Søren Łucja Mei Ana Bjørn'.split(' ');
const size = 20_000;

export function speechFrom(seed: number): Speech {
  const words = vocabulary(numbersFrom(seed));
  const drawn = zipf(words.length);
  const word = (numbers: Numbers) => words[drawn(numbers.next())] ?? '';
  return {
    words,
    sentence(numbers) {
      if (numbers.below(50) === 0) return spoken(numbers, 4 + numbers.below(16), chinese, '');
      const length = 2 + numbers.below(6) + numbers.below(6);
      const said = Array.from({ length }, () => word(numbers));
      // Now and then what stands nowhere else: a number of an order.
      if (numbers.below(12) === 0) said.push(`A${numbers.below(10_000_000)}`);
      return said.join(' ');
    },
    name: (numbers) =>
      `${givenNames[numbers.below(givenNames.length)]} ${capital(words[400 + numbers.below(8_000)] ?? '')}`,
  };
}

function vocabulary(numbers: Numbers): string[] {
  const words = new Set<string>();
  const languages = Object.values(common).map((text) => text.split(' '));
  for (let rank = 0; rank < 20; rank++) for (const of of languages) words.add(of[rank] ?? 'ok');
  while (words.size < size) words.add(spoken(numbers, 2 + numbers.below(3), syllables, ''));
  return [...words];
}

function spoken(numbers: Numbers, length: number, from: readonly string[], between: string): string {
  return Array.from({ length }, () => from[numbers.below(from.length)]).join(between);
}

/** The rank that a number from 0 to 1 falls on: the nth word is said 1/n as often as the first. */
function zipf(count: number): (at: number) => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) {
    sum += 1 / (rank + 2.7);
    sums[rank] = sum;
  }
  return (at) => {
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < at * sum) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
