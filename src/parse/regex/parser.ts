import { refusedByDatabase } from '../where-errors.ts';
import { inAnyCase, isWord, not, only, quick } from './characters.ts';
import { takeClass } from './class.ts';
import { takeEscapedCode, takeEscapedSet } from './escapes.ts';
import { type Assertion, type Flags, type Greed, NOTHING, type Node, type PatternCursor } from './nodes.ts';
import { isAtEnd, take, takeCode, takeMatch } from './reader.ts';

/** As deep as PCRE lets groups stand in each other, and as often as it lets a part be repeated. */
const MOST_GROUPS_DEEP = 250;
const MOST_TIMES = 65_535;

const isWordAt = (text: string, at: number): boolean => isWord(text.charCodeAt(at));

/** Holds at the start of the text only. */
export const atStart: Assertion = (_, at) => at === 0;

const atEnd: Assertion = (text, at) => at === text.length;
const atLastLine: Assertion = (text, at) => at === text.length || (at === text.length - 1 && text[at] === '\n');
const atWordEdge: Assertion = (text, at) => isWordAt(text, at - 1) !== isWordAt(text, at);

const ASSERTIONS: { readonly [letter: string]: Assertion } = {
  A: atStart,
  G: atStart,
  z: atEnd,
  Z: atLastLine,
  b: atWordEdge,
  B: (text, at) => !atWordEdge(text, at),
};

const literal = (code: number, { ignoreCase }: Flags): Node => {
  const character = String.fromCodePoint(code);
  const hasCases = ignoreCase && character.toLowerCase() !== character.toUpperCase();
  return hasCases
    ? { type: 'character', accepts: quick(inAnyCase(only(code))) }
    : { type: 'character', accepts: only(code), code };
};

const start = ({ multiline }: Flags): Node => ({
  type: 'assertion',
  holds: multiline ? (text, at) => at === 0 || text[at - 1] === '\n' : atStart,
});

const end = ({ multiline }: Flags): Node => ({
  type: 'assertion',
  holds: multiline ? (text, at) => at === text.length || text[at] === '\n' : atLastLine,
});

const anyCharacter = ({ dotAll }: Flags): Node => ({
  type: 'character',
  accepts: dotAll ? () => true : not(only(10)),
});

const BACK = /k(?:<(\w+)>|'(\w+)'|\{(\w+)\})|g(?:\{(\d+|[A-Za-z_]\w*)\}|(\d+))|([1-9]\d*)/y;

const backTo = (group: string, { ignoreCase }: Flags): Node => ({
  type: 'back',
  group: /^\d+$/.test(group) ? Number(group) : group,
  ignoresCase: ignoreCase,
});

const NEW_LINE: Node = {
  type: 'atomic',
  node: {
    type: 'choice',
    nodes: [
      { type: 'sequence', nodes: [13, 10].map((code) => ({ type: 'character', accepts: only(code), code })) },
      {
        type: 'character',
        accepts: (code) => (code >= 10 && code <= 13) || code === 0x85 || code === 0x2028 || code === 0x2029,
      },
    ],
  },
};

const parseEscape = (reader: PatternCursor, flags: Flags): Node => {
  const letter = reader.source[reader.at] ?? '';
  if (Object.hasOwn(ASSERTIONS, letter)) {
    reader.at++;
    return { type: 'assertion', holds: ASSERTIONS[letter] ?? atStart };
  }
  if (take(reader, 'R')) return NEW_LINE;
  // where a match begins does not matter to whether there is one
  if (take(reader, 'K')) return NOTHING;
  const back = takeMatch(reader, BACK);
  if (back) return backTo(back.slice(1).find((group) => group !== undefined) ?? '', flags);
  const accepts = takeEscapedSet(reader);
  return accepts ? { type: 'character', accepts: quick(accepts) } : literal(takeEscapedCode(reader), flags);
};

const withFlags = (flags: Flags, on: string, off: string): Flags => {
  const value = (letter: string, present: boolean): boolean =>
    (on.includes(letter) || present) && !off.includes(letter);
  return {
    ignoreCase: value('i', flags.ignoreCase),
    multiline: value('m', flags.multiline),
    dotAll: value('s', flags.dotAll),
    extended: value('x', flags.extended),
  };
};

const closed = (reader: PatternCursor, flags: Flags): Node => {
  if (++reader.depth > MOST_GROUPS_DEEP) throw refusedByDatabase();
  const node = parseChoice(reader, flags);
  if (!take(reader, ')')) throw refusedByDatabase();
  reader.depth--;
  return node;
};

const captured = (reader: PatternCursor, flags: Flags, name: string | undefined): Node => {
  const index = ++reader.groups;
  if (name !== undefined) {
    if (reader.names.has(name)) throw refusedByDatabase();
    reader.names.set(name, index);
  }
  return { type: 'group', index, node: closed(reader, flags) };
};

const LOOKS: { readonly [opening: string]: { readonly isAhead: boolean; readonly isNegative: boolean } } = {
  '?=': { isAhead: true, isNegative: false },
  '?!': { isAhead: true, isNegative: true },
  '?<=': { isAhead: false, isNegative: false },
  '?<!': { isAhead: false, isNegative: true },
};

// A group, its opening bracket being read already.
const parseGroup = (reader: PatternCursor, flags: Flags): Node => {
  const look = takeMatch(reader, /\?<?[=!]/y);
  if (look)
    return { type: 'look', node: closed(reader, flags), ...(LOOKS[look[0]] ?? { isAhead: true, isNegative: false }) };
  if (take(reader, '?>')) return { type: 'atomic', node: closed(reader, flags) };
  const again = takeMatch(reader, /\?P=(\w+)\)/y);
  if (again) return backTo(again[1] ?? '', flags);
  const name = takeMatch(reader, /\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/y);
  if (name) return captured(reader, flags, name[1] ?? name[2]);
  const inline = takeMatch(reader, /\?([imsx]*)(?:-([imsx]*))?:/y);
  if (inline) return closed(reader, withFlags(flags, inline[1] ?? '', inline[2] ?? ''));
  // conditions, recursion, verbs and call-outs
  if (/[?*]/.test(reader.source[reader.at] ?? '')) throw refusedByDatabase();
  return captured(reader, flags, undefined);
};

const parseAtom = (reader: PatternCursor, flags: Flags): Node => {
  const code = takeCode(reader);
  switch (String.fromCodePoint(code)) {
    case '(':
      return parseGroup(reader, flags);
    case '[':
      return { type: 'character', accepts: takeClass(reader, flags.ignoreCase) };
    case '\\':
      return parseEscape(reader, flags);
    case '.':
      return anyCharacter(flags);
    case '^':
      return start(flags);
    case '$':
      return end(flags);
    case '*':
    case '+':
    case '?':
      throw refusedByDatabase();
    default:
      return literal(code, flags);
  }
};

const skip = (reader: PatternCursor, { extended }: Flags): void => {
  while (takeMatch(reader, /\(\?#[^)]*\)/y) || (extended && takeMatch(reader, /\s+|#[^\n]*/y)));
};

const TIMES: { readonly [sign: string]: readonly [min: number, max: number] } = {
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
  '?': [0, 1],
};

const GREED: { readonly [sign: string]: Greed } = { '?': 'lazy', '+': 'possessive' };

const repeated = (reader: PatternCursor, node: Node): Node | undefined => {
  const match = takeMatch(reader, /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})([?+]?)/y);
  if (!match) return undefined;
  const [, sign = '', least = '', comma, most = '', greed = ''] = match;
  const fixed = Number(least);
  const [min, max] = TIMES[sign] ?? [fixed, comma ? (most === '' ? Number.POSITIVE_INFINITY : Number(most)) : fixed];
  if (min > max || min > MOST_TIMES || (max > MOST_TIMES && max !== Number.POSITIVE_INFINITY))
    throw refusedByDatabase();
  return { type: 'repeat', node, min, max, greed: GREED[greed] ?? 'greedy' };
};

// A part with what says how often it comes.
const parsePart = (reader: PatternCursor, flags: Flags): Node => {
  const node = parseAtom(reader, flags);
  skip(reader, flags);
  const many = repeated(reader, node);
  if (many && repeated(reader, many)) throw refusedByDatabase();
  return many ?? node;
};

/** What stands between the bars of a choice. `(?i)` counts to the end of the group, in the choices that follow, too. */
const parseChoice = (reader: PatternCursor, given: Flags): Node => {
  let flags = given;
  const choices: Node[][] = [[]];
  for (skip(reader, flags); !isAtEnd(reader) && reader.source[reader.at] !== ')'; skip(reader, flags)) {
    const inline = takeMatch(reader, /\(\?([imsx]*)(?:-([imsx]*))?\)/y);
    if (inline) flags = withFlags(flags, inline[1] ?? '', inline[2] ?? '');
    else if (take(reader, '|')) choices.push([]);
    else choices.at(-1)?.push(parsePart(reader, flags));
  }
  const nodes = choices.map((parts): Node => ({ type: 'sequence', nodes: parts }));
  return nodes.length === 1 ? (nodes[0] ?? NOTHING) : { type: 'choice', nodes };
};

/** The parts of a whole pattern. Throws 1 for a pattern that MongoDB would refuse. */
export const parsePattern = (reader: PatternCursor, options: string): Node => {
  const off = { ignoreCase: false, multiline: false, dotAll: false, extended: false };
  const node = parseChoice(reader, withFlags(off, options, ''));
  if (!isAtEnd(reader)) throw refusedByDatabase();
  return node;
};
