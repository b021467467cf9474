import { refusedByDatabase } from '../where-errors.ts';
import { type Characters, ESCAPED_SETS, not, propertySet } from './characters.ts';
import type { PatternCursor } from './nodes.ts';
import { take, takeCode, takeMatch } from './reader.ts';

const CONTROLS: { readonly [letter: string]: number } = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

const LAST_CODE = 0x10ffff;

const numberOf = (digits: string, radix: number): number => {
  const code = Number.parseInt(digits, radix);
  if (Number.isNaN(code) || code > LAST_CODE) throw refusedByDatabase();
  return code;
};

const NUMERIC: readonly (readonly [pattern: RegExp, radix: number])[] = [
  [/[xu]\{([0-9a-f]+)\}/iy, 16],
  [/x([0-9a-f]{0,2})/iy, 16],
  [/u([0-9a-f]{4})/iy, 16],
  [/o\{([0-7]+)\}/y, 8],
  [/(0[0-7]{0,2})/y, 8],
];

/** Takes a set of characters such as `\d` or `\p{Lu}`, the backslash being read already. */
export const takeEscapedSet = (reader: PatternCursor): Characters | undefined => {
  const letter = reader.source[reader.at] ?? '';
  const known = Object.hasOwn(ESCAPED_SETS, letter) ? ESCAPED_SETS[letter] : undefined;
  if (known) {
    reader.at++;
    return known;
  }
  const property = takeMatch(reader, /[pP](?:\{(\^?)([\w=]+)\}|([A-Z]))/y);
  if (!property) return undefined;
  const accepts = propertySet(property[2] ?? property[3] ?? '');
  if (!accepts) throw refusedByDatabase();
  const isNegative = property[0].startsWith('P') !== (property[1] === '^');
  return isNegative ? not(accepts) : accepts;
};

/** Takes the code point that an escape such as `\n`, `\x41` or `\.` stands for, the backslash being read already. */
export const takeEscapedCode = (reader: PatternCursor): number => {
  for (const [pattern, radix] of NUMERIC) {
    const match = takeMatch(reader, pattern);
    if (match) return numberOf(match[1] || '0', radix);
  }
  if (take(reader, 'c')) return takeCode(reader) & 31;
  const code = takeCode(reader);
  const character = String.fromCodePoint(code);
  if (Object.hasOwn(CONTROLS, character)) return CONTROLS[character] ?? code;
  if (/[A-Za-z0-9]/.test(character)) throw refusedByDatabase();
  return code;
};
