/** Bases of the passwords that head every leaked list; digits and signs around them do not make them better. */
const bases = new Set(
  `password passw0rd p@ssw0rd p@ssword qwerty qwertyuiop qwerty123 asdfghjkl zxcvbnm 1q2w3e4r 1qaz2wsx qazwsx abc123
  abcdefgh abcd1234 iloveyou letmein welcome monkey dragon master login princess sunshine football baseball superman
  batman trustno1 shadow michael jordan harley hunter ranger buster soccer hockey killer george andrew charlie thomas
  jennifer jessica daniel starwars computer freedom whatever internet samsung google facebook linkedin secret admin
  administrator root toor changeme default guest test testtest demo example hello hello123 malaysia malaysia123
  singapore indonesia whatsapp tims`.split(/\s+/),
);

/** Whether the password is a common one, or one with only digits or signs before or after it. */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  if (bases.has(lower) || /^(.)\1*$/u.test(lower) || isRun(lower)) return true;
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return core.length < 4 || bases.has(core);
}

/** 12345678, 87654321, abcdefgh: each character is the neighbour of the one before. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((char, i) => char.charCodeAt(0) - text.charCodeAt(i));
  return steps.length > 0 && (steps.every((step) => step === 1) || steps.every((step) => step === -1));
}
