import { refusedByDatabase } from '../where-errors.ts';
import { anyOf, type Characters, inAnyCase, not, only, POSIX_SETS, quick, range } from './characters.ts';
import { takeEscapedCode, takeEscapedSet } from './escapes.ts';
import type { PatternCursor } from './nodes.ts';
import { take, takeCode, takeMatch } from './reader.ts';

const takePosixSet = (reader: PatternCursor): Characters | undefined => {
  const match = takeMatch(reader, /\[:(\^?)([a-z]+):\]/y);
  if (!match) return undefined;
  const name = match[2] ?? '';
  const accepts = Object.hasOwn(POSIX_SETS, name) ? POSIX_SETS[name] : undefined;
  if (!accepts) throw refusedByDatabase();
  return match[1] ? not(accepts) : accepts;
};

/** A set, or one code point, which may begin a range. */
const takeMember = (reader: PatternCursor): Characters | number => {
  const posix = takePosixSet(reader);
  if (posix) return posix;
  if (!take(reader, '\\')) return takeCode(reader);
  if (take(reader, 'b')) return 8;
  const octal = takeMatch(reader, /[1-7][0-7]{0,2}/y);
  if (octal) return Number.parseInt(octal[0], 8);
  return takeEscapedSet(reader) ?? takeEscapedCode(reader);
};

const takeRange = (reader: PatternCursor): Characters => {
  const first = takeMember(reader);
  if (typeof first !== 'number') return first;
  if (reader.source[reader.at + 1] === ']' || !take(reader, '-')) return only(first);
  const last = takeMember(reader);
  if (typeof last !== 'number') return anyOf([only(first), only(0x2d), last]);
  if (last < first) throw refusedByDatabase();
  return range(first, last);
};

/** Takes a class of characters, its opening bracket being read already. Throws where it has no end. */
export const takeClass = (reader: PatternCursor, ignoreCase: boolean): Characters => {
  const isNegative = take(reader, '^');
  const members: Characters[] = [];
  // a bracket that stands first is a member
  do members.push(takeRange(reader));
  while (!take(reader, ']'));
  const all = anyOf(members);
  const accepts = ignoreCase ? inAnyCase(all) : all;
  return quick(isNegative ? not(accepts) : accepts);
};
