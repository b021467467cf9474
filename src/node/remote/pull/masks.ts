import { createHmac } from 'node:crypto';

/** An endless row of numbers below 65536 that follows from a secret and a text. */
export type Numbers = () => number;

/** Makes such rows. Whoever does not know the secret cannot try texts out. */
export const createNumbers =
  (secret: string) =>
  (text: string): Numbers => {
    let block = Buffer.alloc(0);
    let at = 0;
    let count = 0;
    return () => {
      if (at + 2 > block.length) {
        block = createHmac('sha256', secret).update(`${count}\n${text}`).digest();
        at = 0;
        count += 1;
      }
      const number = block.readUInt16BE(at);
      at += 2;
      return number;
    };
  };

const ALPHABETS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/[aeiou]/, [...'aeiou']],
  [/[a-z]/, [...'bcdfghklmnprstvz']],
  [/[AEIOU]/, [...'AEIOU']],
  [/[A-Z]/, [...'BCDFGHKLMNPRSTVZ']],
  [/[0-9]/, [...'0123456789']],
  [/\p{Ll}/u, [...'àéîõüñçø']],
  [/\p{Lu}/u, [...'ÀÉÎÕÜÑÇØ']],
  [/\p{Script=Han}/u, [...'天地人山水火木金土日月星']],
  [/\p{L}/u, [...'アイウエオカキクケコ']],
  [/\p{N}/u, [...'٠١٢٣٤٥٦٧٨٩']],
];

const HEX = [...'0123456789abcdef'];

const pick = (alphabet: readonly string[], number: number): string => alphabet[number % alphabet.length] ?? '';

const alphabetOf = (letter: string): readonly string[] | undefined =>
  ALPHABETS.find(([pattern]) => pattern.test(letter))?.[1];

/** Nearly all letters are of these, and need not be looked up each time. */
const ASCII = Array.from({ length: 128 }, (_, code) => alphabetOf(String.fromCharCode(code)));

const maskLetter = (letter: string, next: Numbers): string => {
  const code = letter.charCodeAt(0);
  const alphabet = code < 128 ? ASCII[code] : alphabetOf(letter);
  if (alphabet === undefined) return letter;
  return letter.length === 2 ? '𠮷' : pick(alphabet, next()); // a letter of two units becomes another one
};

/** Text of the same shape: letters for letters, digits for digits, everything else as it is. */
export const maskText = (text: string, next: Numbers): string =>
  [...text].map((letter) => maskLetter(letter, next)).join('');

/** Hexadecimal digits, such as those of tokens and of UUIDs, stay some. */
export const maskHex = (text: string, next: Numbers): string =>
  text.replace(/[0-9a-f]/gi, (digit) => {
    const other = pick(HEX, next());
    return digit === digit.toLowerCase() ? other : other.toUpperCase();
  });

/** A host that nobody has, of the same length where there is room for one. */
export const maskHost = (host: string, next: Numbers): string => {
  const room = Math.max(1, host.length - '.test'.length);
  return `${maskText(host.slice(0, room).replace(/[^A-Za-z0-9-]/g, 'x'), next)}.test`;
};

const DAY = 24 * 60 * 60 * 1000;

/** A day up to half a year away, in the same form. */
export const maskDay = (text: string, next: Numbers): string => {
  const day = text.slice(0, 10);
  const moved = new Date(Date.parse(`${day}T00:00:00Z`) + ((next() % 365) - 182) * DAY);
  return `${moved.toISOString().slice(0, 10)}${text.slice(10)}`;
};
