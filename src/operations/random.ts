import type { Context, Random } from './context.ts';

/** What object ids are made of. */
export const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** What session tokens are made of. */
export const HEXADECIMAL = '0123456789abcdef';

// A byte from the end of the range that does not divide evenly would favour the first letters, and is thrown away.
const pick = (alphabet: string, length: number): string => {
  const limit = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(2 * (length - text.length)))) {
      if (byte < limit && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
};

/** Chance from the platform's cryptographic source. */
export const cryptoRandom: Random = {
  text: (length) => pick(LETTERS_AND_DIGITS, length),
  hex: (length) => pick(HEXADECIMAL, length),
};

/** The id of a new object: as many letters and digits as `objectIdSize` says. */
export const newObjectId = ({ random, options }: Pick<Context, 'random' | 'options'>): string =>
  random.text(options.objectIdSize);

/** The token of a new session: `r:` and 32 hexadecimal digits. */
export const newSessionToken = (random: Random): string => `r:${random.hex(32)}`;

/** An id as clients of live queries have it: a version 4 UUID. */
export const newUuid = (random: Random): string => {
  const hex = random.hex(32);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
};

/** A secret for one use, as the links in mails carry it: 25 letters and digits. */
export const newSecret = (random: Random): string => random.text(25);
