import type { Random } from './context.ts';
import { HEXADECIMAL, LETTERS_AND_DIGITS } from './random.ts';

/** Chance that comes out the same each time. Nothing that it makes is a secret. */
export interface SeededRandom extends Random {
  /** Begins anew; what follows depends on the seed and on `from` alone. */
  begin(from: string): void;
  /** A number from 0 to below 1. */
  fraction(): number;
}

/** Four words from a text: FNV-1a, from a start of its own for each. */
const toWords = (text: string): [number, number, number, number] => {
  const word = (start: number): number => {
    let sum = start;
    for (let place = 0; place < text.length; place++) sum = Math.imul(sum ^ text.charCodeAt(place), 0x01000193);
    return Math.imul(sum ^ (sum >>> 15), 0x85ebca6b) ^ start;
  };
  return [word(0x811c9dc5), word(0x9e3779b9), word(0x243f6a88), word(0xb7e15162)];
};

const turn = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** The generator xoshiro128** of Blackman and Vigna: whole numbers only, so that every engine has the same ones. */
const createWords = (text: string): (() => number) => {
  let [a, b, c, d] = toWords(text);
  const next = (): number => {
    const word = Math.imul(turn(Math.imul(b, 5), 7), 9);
    const kept = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= kept;
    d = turn(d, 11);
    return word >>> 0;
  };
  for (let round = 0; round < 32; round++) next(); // texts that are nearly alike must not begin alike
  return next;
};

const createDraws = (next: () => number): Pick<SeededRandom, 'text' | 'hex' | 'fraction'> => {
  const fraction = (): number => next() / 2 ** 32;
  const pick = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[Math.floor(fraction() * alphabet.length)]).join('');
  return {
    text: (length) => pick(LETTERS_AND_DIGITS, length),
    hex: (length) => pick(HEXADECIMAL, length),
    fraction,
  };
};

/** Chance that follows from a text. */
export const createSeededRandom = (seed: string): SeededRandom => {
  let next = createWords(seed);
  return {
    ...createDraws(() => next()),
    begin: (from) => {
      next = createWords(`${seed}\n${from}`);
    },
    forOne: () => createDraws(next),
  };
};
