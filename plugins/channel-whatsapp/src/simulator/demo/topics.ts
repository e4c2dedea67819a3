/** What our side's message is about, as far as a customer cares; the first that fits counts. */
const topics = [
  ['bye', /\b(bye|goodbye|have a (nice|good|great)|closing this|selamat tinggal)\b|再见|再見|مع السلامة/i],
  ['price', /\b(fees?|prices?|rates?|cost|rm ?\d+|pay(ment)?|harga|yuran|bayar(an)?|preço)\b|多少钱|学费|رسوم|سعر/i],
  [
    'time',
    /\b(when|what time|which day|days?|schedule|slots?|bila|masa|hari|jadual|horário)\b|时间|什么时候|متى|موعد/i,
  ],
  ['level', /\b(level|grade|year|standard|form|age|old|tahun|tingkatan|umur)\b|年级|几岁|صف|عمر/i],
  ['subject', /\b(subjects?|maths?|science|english|physics|mata pelajaran|subjek)\b|科目|数学|مادة/i],
  ['place', /\b(where|address|area|location|online|home|di mana|alamat|kawasan)\b|哪里|地址|أين|عنوان/i],
  ['who', /\b(your name|who am i|name please|nama)\b|名字|贵姓|اسم/i],
] as const;

export type Topic = (typeof topics)[number][0] | 'other';

export function topicOf(text: string): Topic {
  return topics.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}
